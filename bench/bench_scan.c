/*
 * bench_scan.c: the floor under the reading of a table: where its delimiters, line ends and quotes are, and no more.
 *
 *   bench_scan FILE
 *
 * Prints the seconds, and how many there are.
 */
#include "base/parallel.h"
#include "kernel/kernel.h"

#include <stdio.h>

enum { PIECE = 1 << 20, BEHIND = 64 };

int main(int count, char **argument)
{
    static const unsigned char wanted[4] = {',', '\n', '\r', '"'};
    static unsigned char bytes[PIECE];
    static uint32_t place[PIECE + BEHIND];
    FILE *file = count == 2 ? fopen(argument[1], "rb") : NULL;
    size_t found = 0, got;
    const double start = tsl__clock();
    if (!file) {
        fputs("Usage: bench_scan FILE\n", stderr);
        return 2;
    }
    setvbuf(file, NULL, _IONBF, 0);
    while ((got = fread(bytes, 1, PIECE, file)) > 0) {
        found += tsl__kernel_get()->find(bytes, got, wanted, place);
    }
    printf("%.3f s, %zu found\n", tsl__clock() - start, found);
    fclose(file);
    return 0;
}
