/* published.h: figures as they are printed, each to its last digit. */
#ifndef TSL_TESTS_PUBLISHED_H
#define TSL_TESTS_PUBLISHED_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Half a unit of the last digit of ".0532" or "-9594.9762"; so much more as a decimal fraction is off in binary. */
static inline double get_half_digit(const char *printed)
{
    const char *point = strchr(printed, '.');
    const double places = point ? (double)strlen(point + 1) : 0;
    return .5 * pow(10, -places) + 1e-15 * fabs(strtod(printed, NULL));
}

/* Would be printed so. */
static inline int rounds_to(double value, const char *printed)
{
    return fabs(value - strtod(printed, NULL)) <= get_half_digit(printed);
}

#define assert_rounds_to(value, printed) assert_rounds_to_at(value, printed, __FILE__, __LINE__)
static inline void assert_rounds_to_at(double value, const char *printed, const char *file, int line)
{
    if (!rounds_to(value, printed)) {
        print_error("%.12g does not round to %s\n", value, printed);
        _fail(file, line);
    }
}

#endif
