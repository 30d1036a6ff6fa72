/* overlap.c -- do two strided arrays share an element? Decided exactly:
 * x[::2] and x[1::2] interleave without overlapping.
 *
 * With the strides made positive, an address common to both is a solution of
 *     sum(coefficient[k] * z[k]) = target,   0 <= z[k] <= bound[k]
 * over the indices of both arrays and the bytes inside an item. Terms that
 * continue each other are merged first, which settles all ordinary cases; the
 * rest is a search pruned by range and divisibility. A search that takes too
 * long is answered "may overlap". */
#include "core/internal.h"

#define MAX_TERMS (2 * ARR_MAX_RANK + 2)
#define WORK_LIMIT 200000

typedef struct term {
  int64_t coefficient, bound; /* both positive */
} term;

typedef struct equation {
  term terms[MAX_TERMS];
  int count;
  int64_t target;
  bool overflow; /* numbers beyond 64 bits: answer "may overlap" */
  /* Of the terms from k on: greatest common divisor and largest sum. */
  int64_t divisor[MAX_TERMS + 1], reach[MAX_TERMS + 1];
  int64_t work;
} equation;

static int64_t gcd(int64_t a, int64_t b) {
  while (b) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* Not by an initialiser, which would clear two kilobytes. */
static void start_equation(equation *equation) {
  equation->count = 0;
  equation->target = 0;
  equation->overflow = false;
}

static void add_term(equation *equation, int64_t coefficient, int64_t bound) {
  if (bound > 0 && coefficient > 0)
    equation->terms[equation->count++] = (term){coefficient, bound};
}

static void sort_terms(equation *equation) { /* ascending; at most 66 of them */
  for (int i = 1; i < equation->count; ++i) {
    term moving = equation->terms[i];
    int at = i;
    for (; at > 0 && equation->terms[at - 1].coefficient > moving.coefficient;
         --at)
      equation->terms[at] = equation->terms[at - 1];
    equation->terms[at] = moving;
  }
}

/* c*z + q*c*w with q <= bound(z) + 1 takes exactly the multiples of c up to
 * c*(bound(z) + q*bound(w)): one term. */
static void merge_terms(equation *equation) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int i = 0; i < equation->count && !changed; ++i) {
      for (int j = i + 1; j < equation->count && !changed; ++j) {
        term *small = &equation->terms[i], big = equation->terms[j];
        int64_t quotient = big.coefficient / small->coefficient, added, bound;
        if (big.coefficient % small->coefficient != 0 ||
            quotient - 1 > small->bound)
          continue;
        if (__builtin_mul_overflow(quotient, big.bound, &added) ||
            __builtin_add_overflow(small->bound, added, &bound)) {
          equation->overflow = true;
          return;
        }
        small->bound = bound;
        for (int k = j; k + 1 < equation->count; ++k)
          equation->terms[k] = equation->terms[k + 1];
        --equation->count;
        changed = true;
      }
    }
  }
}

/* Smallest z >= from with coefficient*z = rest (mod divisor), and the distance
 * to the next one; false if there is none. `step` is at most `divisor`. */
static bool first_congruent(int64_t coefficient, int64_t rest, int64_t divisor,
                            int64_t from, int64_t *first, int64_t *step) {
  int64_t common = gcd(coefficient % divisor, divisor);
  if (rest % common != 0)
    return false;
  int64_t modulus = divisor / common;
  *step = modulus;
  *first = from;
  if (modulus == 1)
    return true;
  /* The inverse of coefficient/common modulo modulus, by Euclid. */
  int64_t a = coefficient / common % modulus, b = modulus, x = 1, y = 0;
  while (a > 1) {
    int64_t quotient = b / a, next = b % a, coefficient_next = y - quotient * x;
    b = a;
    a = next;
    y = x;
    x = coefficient_next;
  }
  int64_t inverse = (x % modulus + modulus) % modulus, product;
  if (__builtin_mul_overflow(inverse, rest / common % modulus, &product))
    return false; /* unreachable for modulus < 2^31; the caller rules out others
                   */
  int64_t residue = product % modulus;
  *first = from + ((residue - from % modulus) % modulus + modulus) % modulus;
  return true;
}

/* Terms k.. (descending coefficients) can make `rest`. Sets work below 0 when
 * the answer is not known. */
static bool solvable(equation *equation, int k, int64_t rest) {
  if (rest == 0)
    return true;
  if (k == equation->count || rest < 0 || rest > equation->reach[k] ||
      rest % equation->divisor[k] != 0)
    return false;
  term own = equation->terms[k];
  if (k + 1 == equation->count)
    return rest / own.coefficient <= own.bound; /* divides, see above */
  int64_t missing = rest - equation->reach[k + 1];
  int64_t low =
      missing > 0 ? (missing + own.coefficient - 1) / own.coefficient : 0;
  int64_t high =
      rest / own.coefficient < own.bound ? rest / own.coefficient : own.bound;
  int64_t z = 0, step = 1, divisor = equation->divisor[k + 1];
  if (divisor > INT32_MAX) {
    z = low; /* no congruence: try all */
  } else if (!first_congruent(own.coefficient, rest, divisor, low, &z, &step)) {
    return false;
  }
  for (; z <= high; z += step) {
    if (--equation->work < 0)
      return true;
    if (solvable(equation, k + 1, rest - own.coefficient * z))
      return true;
  }
  return false;
}

static bool may_have_solution(equation *equation) {
  if (equation->overflow)
    return true;
  if (equation->target < 0)
    return false;
  sort_terms(equation);
  merge_terms(equation);
  if (equation->overflow)
    return true;
  for (int i = 0, j = equation->count - 1; i < j; ++i, --j) { /* descending */
    term moved = equation->terms[i];
    equation->terms[i] = equation->terms[j];
    equation->terms[j] = moved;
  }
  equation->divisor[equation->count] = 0;
  equation->reach[equation->count] = 0;
  for (int k = equation->count - 1; k >= 0; --k) {
    int64_t reach;
    term own = equation->terms[k];
    if (__builtin_mul_overflow(own.coefficient, own.bound, &reach) ||
        __builtin_add_overflow(reach, equation->reach[k + 1],
                               &equation->reach[k]))
      return true;
    equation->divisor[k] = gcd(own.coefficient, equation->divisor[k + 1]);
  }
  equation->work = WORK_LIMIT;
  return solvable(equation, 0, equation->target);
}

/* An array's strides in bytes, also where strides == NULL. */
static const int64_t *strides_of(const arr_array *a, int64_t *storage) {
  if (a->strides)
    return a->strides;
  arr_c_strides(a->ndim, a->shape, arr_dtype_size(a->dtype), storage);
  return storage;
}

/* The lowest and the highest item's address. False if there are no elements;
 * *overflow if the addresses are beyond 64 bits. */
static bool find_bounds(const arr_array *a, const int64_t *strides,
                        int64_t *low, int64_t *high, bool *overflow) {
  *low = *high = (int64_t)(intptr_t)a->data;
  for (int32_t i = 0; i < a->ndim; ++i)
    if (a->shape[i] == 0)
      return false;
  for (int32_t i = 0; i < a->ndim; ++i) {
    int64_t span;
    if (strides[i] == INT64_MIN ||
        __builtin_mul_overflow(strides[i], a->shape[i] - 1, &span) ||
        (span < 0 ? __builtin_add_overflow(*low, span, low)
                  : __builtin_add_overflow(*high, span, high)))
      *overflow = true;
  }
  return true;
}

static void add_indices(equation *equation, const arr_array *a,
                        const int64_t *strides) {
  for (int32_t i = 0; i < a->ndim; ++i)
    add_term(equation, strides[i] < 0 ? -strides[i] : strides[i],
             a->shape[i] - 1);
}

bool arr_may_overlap(const arr_array *a, const arr_array *b) {
  int64_t a_storage[ARR_MAX_RANK], b_storage[ARR_MAX_RANK];
  const int64_t *a_strides = strides_of(a, a_storage);
  const int64_t *b_strides = strides_of(b, b_storage);
  int64_t a_size = arr_dtype_size(a->dtype), a_low, a_high;
  int64_t b_size = arr_dtype_size(b->dtype), b_low, b_high;
  bool overflow = false;
  if (!find_bounds(a, a_strides, &a_low, &a_high, &overflow) ||
      !find_bounds(b, b_strides, &b_low, &b_high, &overflow))
    return false;
  if (overflow)
    return true;
  if (a_high + a_size <= b_low || b_high + b_size <= a_low)
    return false;
  equation equation;
  start_equation(&equation);
  add_indices(&equation, a, a_strides);
  add_indices(&equation, b, b_strides);
  /* a_low + indices(a) + byte(a) = b_high - indices(b) + (b_size - 1 - byte(b))
   */
  add_term(&equation, 1, a_size - 1);
  add_term(&equation, 1, b_size - 1);
  equation.target = b_high + b_size - 1 - a_low;
  return may_have_solution(&equation);
}

/* Each stride, in ascending order, steps over all that the smaller ones reach:
 * true of every array that is contiguous, or a slice or transpose of one. */
static bool is_nested(const term *dims, int count, int64_t item_size) {
  term sorted[ARR_MAX_RANK];
  int64_t reach = item_size; /* in bytes, from the first one on */
  for (int i = 0; i < count; ++i) {
    int at = i;
    for (; at > 0 && sorted[at - 1].coefficient > dims[i].coefficient; --at)
      sorted[at] = sorted[at - 1];
    sorted[at] = dims[i];
  }
  for (int i = 0; i < count; ++i) {
    int64_t span;
    if (sorted[i].coefficient < reach ||
        __builtin_mul_overflow(sorted[i].coefficient, sorted[i].bound, &span) ||
        __builtin_add_overflow(reach, span, &reach))
      return false;
  }
  return true;
}

bool arr_may_overlap_itself(const arr_array *a) {
  int64_t storage[ARR_MAX_RANK];
  const int64_t *strides = strides_of(a, storage);
  int64_t item_size = arr_dtype_size(a->dtype);
  term dims[ARR_MAX_RANK];
  int count = 0;
  for (int32_t i = 0; i < a->ndim; ++i)
    if (a->shape[i] == 0)
      return false;
  for (int32_t i = 0; i < a->ndim; ++i) {
    if (a->shape[i] == 1)
      continue;
    if (strides[i] == 0 || strides[i] == INT64_MIN)
      return true;
    dims[count++] =
        (term){strides[i] < 0 ? -strides[i] : strides[i], a->shape[i] - 1};
  }
  if (is_nested(dims, count, item_size))
    return false;
  /* Two different items meet when, over differences d[k] of their indices,
   * sum(stride[k] * d[k]) is less than the item size; the first d that is not
   * zero is d[j] >= 1. Written with z[j] = d[j] - 1, z[k] = d[k] + bound[k]. */
  for (int j = 0; j < count; ++j) {
    equation equation;
    start_equation(&equation);
    int64_t target, part;
    bool overflow =
        __builtin_sub_overflow(item_size - 1, dims[j].coefficient, &target);
    add_term(&equation, dims[j].coefficient, dims[j].bound - 1);
    for (int k = j + 1; k < count && !overflow; ++k) {
      overflow =
          __builtin_mul_overflow(dims[k].coefficient, dims[k].bound, &part) ||
          __builtin_add_overflow(target, part, &target) ||
          dims[k].bound > INT64_MAX / 2;
      if (!overflow)
        add_term(&equation, dims[k].coefficient, 2 * dims[k].bound);
    }
    /* sum + byte = target with 0 <= byte <= 2 * (item_size - 1) */
    add_term(&equation, 1, 2 * (item_size - 1));
    equation.target = target;
    equation.overflow = overflow;
    if (may_have_solution(&equation))
      return true;
  }
  return false;
}
