// distance_base.cpp -- the distance tiles for one instruction set.
#define ARR_VECTOR_BYTES 16
#define ARR_TILE_ROWS 4
#define ARR_KERNELS distanceKernelsBaseline
#include "kernels/distance_tile.h"
