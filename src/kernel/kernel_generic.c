/* kernel_generic.c: the kernel that every processor runs. */
#define NAME tsl__kernel_generic
#define LABEL "generic"
#define WIDTH 16
#define VECS 2
#define FMADD(a, b, c) ((a) * (b) + (c))
#define LESS(a, b) ((a) < (b))
#define PICK(mask, a, b) ((vf)(((mask) & (vi)(a)) | (~(mask) & (vi)(b))))
#define MIN(a, b) PICK(LESS(a, b), a, b)
#define MAX(a, b) PICK(LESS(a, b), b, a)
#define INVROOT(a) invert_roots(a)
#define ROUGH 0x1p-22f
#include <math.h>

typedef float vf __attribute__((vector_size(16)));
typedef int vi __attribute__((vector_size(16)));

static inline vf invert_roots(vf a)
{
    return (vf){1 / sqrtf(a[0]), 1 / sqrtf(a[1]), 1 / sqrtf(a[2]), 1 / sqrtf(a[3])};
}

#include "kernel/body.h"
