/* unload.c LIBRARY: a host that takes the library out again while the threads of
 * its parallel regions live: they must not lose the ground under their feet. */
#include <tesela/tesela.h>

#include <dlfcn.h>
#include <string.h>
#include <time.h>

enum { ROWS = 20000, COLS = 2 };

int main(int argc, char **argv)
{
    static double values[ROWS * COLS];
    const tsl_matrix x = {values, ROWS, COLS, COLS, TSL_F64};
    __typeof__(tsl_kmeans_fit) *fit = NULL;
    tsl_sweep *sweep;
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!library) {
        return 1;
    }
    void *found = dlsym(library, "tsl_kmeans_fit");
    memcpy(&fit, &found, sizeof fit); /* a pointer to data is none to a function */
    for (int i = 0; i < ROWS * COLS; i++) {
        values[i] = i * 7919 % 10007;
    }
    if (fit(&x, NULL, NULL, NULL, NULL, &sweep, NULL) != TSL_OK || dlclose(library) != 0) {
        return 2;
    }
    nanosleep(&(struct timespec){0, 200000000}, NULL);
    return 0;
}
