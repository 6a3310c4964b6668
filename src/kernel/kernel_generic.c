/* kernel_generic.c: the kernel that every processor runs. */
#define NAME tsl__kernel_generic
#define LABEL "generic"
#define WIDTH 16
#define VECS 2
#define FMADD(a, b, c) ((a) * (b) + (c))
#include "kernel/body.h"
