/* unload.c LIBRARY: a host that takes the library out again while the threads of
 * its parallel regions live: they must not lose the ground under their feet. */
#include <tesela/tesela.h>

#include <dlfcn.h>
#include <string.h>
#include <time.h>

enum { ROWS = 100000, COLS = 2 };

int main(int argc, char **argv)
{
    static double values[ROWS * COLS];
    const tsl_matrix x = {values, ROWS, COLS, COLS};
    tsl_kmeans_options (*defaults)(void) = NULL;
    tsl_status (*fit)(const tsl_matrix *, const tsl_kmeans_options *, tsl_sweep **, tsl_error *) = NULL;
    tsl_sweep *sweep;
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!library) {
        return 1;
    }
    void *found[] = {dlsym(library, "tsl_kmeans_defaults"), dlsym(library, "tsl_sweep_fit")};
    memcpy(&defaults, &found[0], sizeof defaults); /* a pointer to data is none to a function */
    memcpy(&fit, &found[1], sizeof fit);
    for (int i = 0; i < ROWS * COLS; i++) {
        values[i] = i * 7919 % 10007;
    }
    tsl_kmeans_options opt = defaults();
    opt.threads = 4;
    opt.k_max = 4;
    if (fit(&x, &opt, &sweep, NULL) != TSL_OK || dlclose(library) != 0) {
        return 2;
    }
    nanosleep(&(struct timespec){0, 200000000}, NULL);
    return 0;
}
