// distance_avx2.cpp -- the distance tiles for one instruction set.
#define ARR_VECTOR_BYTES 32
#define ARR_TILE_ROWS 4
#define ARR_KERNELS distanceKernelsAvx2
#include "kernels/distance_tile.h"
