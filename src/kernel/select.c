/* select.c: the kernels that were built, and which of them runs here. */
#include "kernel/kernel.h"

#include <stdlib.h>
#include <string.h>

typedef struct variant {
    const tsl__kernel *kernel;
    int (*check)(void); /* 1: this processor has it */
} variant;

extern const tsl__kernel tsl__kernel_generic;

static int always(void)
{
    return 1;
}

#ifdef TESELA_KERNELS_X86
extern const tsl__kernel tsl__kernel_avx2, tsl__kernel_avx512;

static int has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static int has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#endif

/* Best first. */
static const variant variants[] = {
#ifdef TESELA_KERNELS_X86
    {&tsl__kernel_avx512, has_avx512},
    {&tsl__kernel_avx2, has_avx2},
#endif
    {&tsl__kernel_generic, always},
};
#define VARIANTS (sizeof variants / sizeof variants[0])

const tsl__kernel *tsl__kernel_find(const char *name)
{
    for (size_t i = 0; i < VARIANTS; i++) {
        if (strcmp(variants[i].kernel->name, name) == 0) {
            return variants[i].check() ? variants[i].kernel : NULL;
        }
    }
    return NULL;
}

const tsl__kernel *tsl__kernel_get(void)
{
    const char *name = getenv("TESELA_KERNEL");
    const tsl__kernel *named = name ? tsl__kernel_find(name) : NULL;
    for (size_t i = 0; !named && i < VARIANTS; i++) {
        if (variants[i].check()) {
            named = variants[i].kernel;
        }
    }
    return named;
}
