/* number.c: doubles in and out, free of the locale. */
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const double tsl__ten_doubles[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define TENS(unit) (unit), 10 * (unit), 100 * (unit), 1000 * (unit)
const uint64_t tsl__tens[] = {TENS(UINT64_C(1)), TENS(UINT64_C(10000)), TENS(UINT64_C(100000000)),
                              TENS(UINT64_C(1000000000000)), TENS(UINT64_C(10000000000000000))};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t c_locale;

static void make_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

int tsl__vprint(char *out, size_t size, const char *format, va_list args)
{
    pthread_once(&once, make_locale);
    locale_t before = uselocale(c_locale); /* of this thread only */
    int length = vsnprintf(out, size, format, args);
    uselocale(before);
    return length;
}

int tsl__print(char *out, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = tsl__vprint(out, size, format, args);
    va_end(args);
    return length;
}

int tsl__double_read(const char *s, size_t n, double *value)
{
    char copy[128];
    if (n == 0 || n >= sizeof copy || strchr(" \t\n\v\f\r", s[0]) || memchr(s, 'x', n) || memchr(s, 'X', n)) {
        return -1;
    }
    memcpy(copy, s, n);
    copy[n] = '\0';
    pthread_once(&once, make_locale);
    if (!c_locale) {
        return -1;
    }
    char *end;
    *value = strtod_l(copy, &end, c_locale);
    return end == copy + n ? 0 : -1;
}

void tsl__double_write(double value, char out[32])
{
    if (isnan(value)) {
        strcpy(out, "nan");
        return;
    }
    if (isinf(value)) {
        strcpy(out, value < 0 ? "-inf" : "inf");
        return;
    }
    if (value == trunc(value) && fabs(value) < 1e15) {
        snprintf(out, 32, "%.0f", value == 0 ? 0.0 : value);
        return;
    }
    /* %g strips zeros, so that 15 digits serve every shorter decimal; a subnormal has fewer that count. */
    char text[48];
    double back = 0;
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits <= DBL_DECIMAL_DIG && back != value; digits++) {
        tsl__print(text, sizeof text, "%.*g", digits, value);
        tsl__double_read(text, strlen(text), &back);
    }
    memcpy(out, text, strlen(text) + 1); /* 24 bytes at most */
}
