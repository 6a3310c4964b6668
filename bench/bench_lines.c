/*
 * bench_lines.c: a file of lines for the bench of tables, on standard output.
 *
 *   bench_lines LINES
 *
 * Customer id, ISO timestamp, amount, category, channel, in any order: of about a million customers, some of whom buy
 * much more than others, over three years. The same lines on every machine.
 */
#include <tesela/base.h>

#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CUSTOMERS = 961000, FIRST_DAY = 18628 /* 2021-01-01 */, DAYS = 1095 };

static const char *const categories[] = {"grocery", "electronics", "clothing", "home",   "toys", "sports",
                                         "beauty",  "books",       "garden",   "office", "pets", "auto"};
static const char *const channels[] = {"web", "app", "store", "phone"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

int main(int count, char **argument)
{
    const long lines = count == 2 ? atol(argument[1]) : 0;
    tsl__rng rng = tsl__rng_open(1, 0, 0);
    char day[11];
    if (lines <= 0) {
        fputs("Usage: bench_lines LINES\n", stderr);
        return 2;
    }
    puts("customer_id,order_time,amount,category,channel");
    for (long i = 0; i < lines; i++) {
        const double u = tsl__rng_uniform(&rng);
        const unsigned id = (unsigned)(u * u * (CUSTOMERS - 1000)) + (unsigned)tsl__rng_below(&rng, 1000);
        const unsigned second = (unsigned)tsl__rng_below(&rng, 86400);
        const unsigned cents = (unsigned)(exp(6 * tsl__rng_uniform(&rng)) * 25);
        tsl_day_write(FIRST_DAY + (int32_t)tsl__rng_below(&rng, DAYS), day);
        printf("C%09u,%s %02u:%02u:%02u,%u.%02u,%s,%s\n", id, day, second / 3600, second / 60 % 60, second % 60,
               cents / 100, cents % 100, categories[tsl__rng_below(&rng, COUNT(categories))],
               channels[tsl__rng_below(&rng, COUNT(channels))]);
    }
    return fflush(stdout) || ferror(stdout);
}
