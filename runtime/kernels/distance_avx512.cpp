// distance_avx512.cpp -- the distance tiles for one instruction set.
#define ARR_VECTOR_BYTES 64
#define ARR_TILE_ROWS 8
#define ARR_KERNELS distanceKernelsAvx512
#include "kernels/distance_tile.h"
