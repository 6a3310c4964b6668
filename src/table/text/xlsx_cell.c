/* xlsx_cell.c: numbers, dates and formats of a workbook, by ECMA-376, part 1, 18.8.30 and 18.17.4. */
#include "table/text/xlsx_cell.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "table/cell/currency.h"
#include "table/text/packed_number.h"

#define LAST_SERIAL 2958465 /* 9999-12-31 */
#define EPOCH_1900 25569    /* serial of 1970-01-01, behind the day that never was */
#define EPOCH_1904 24107

/* ---- Formats ------------------------------------------------------------------- */

unsigned tsl__xlsx_format_of_id(unsigned id)
{
    static const struct {
        unsigned from, to, shows;
    } known[] = {
        {14, 17, TSL__SHOWS_DAY},   {18, 21, TSL__SHOWS_CLOCK}, {22, 22, TSL__SHOWS_DAY | TSL__SHOWS_CLOCK},
        {27, 31, TSL__SHOWS_DAY},   {32, 35, TSL__SHOWS_CLOCK}, /* those of East Asian languages */
        {36, 36, TSL__SHOWS_DAY},   {45, 45, TSL__SHOWS_CLOCK}, {46, 46, TSL__SHOWS_LENGTH},
        {47, 47, TSL__SHOWS_CLOCK}, {50, 54, TSL__SHOWS_DAY},   {55, 56, TSL__SHOWS_CLOCK},
        {57, 58, TSL__SHOWS_DAY},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (id >= known[i].from && id <= known[i].to) {
            return known[i].shows;
        }
    }
    return 0;
}

/* The currency that the whole of the text names, for the language ("409") where several have the sign. */
static int find_currency(const char *text, size_t n, const char *language)
{
    static const struct {
        const char *language, *currency;
    } places[] = {{"409", "USD"},  {"1009", "CAD"}, {"c0c", "CAD"}, {"c09", "AUD"}, {"1409", "NZD"}, {"80a", "MXN"},
                  {"1004", "SGD"}, {"c04", "HKD"},  {"404", "TWD"}, {"804", "CNY"}, {"411", "JPY"},  {"4009", "INR"},
                  {"439", "INR"},  {"41d", "SEK"},  {"414", "NOK"}, {"406", "DKK"}, {"40f", "ISK"}};
    const tsl__span whole = tsl__cell_trim((tsl__span){text, n});
    int currency = TSL__CURRENCY_NONE, of_place, common;
    if (!whole.n || tsl__currency_find(whole, &currency, &common) != whole.n) {
        return TSL__CURRENCY_NONE;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char digits[8] = "";
        for (size_t k = 0; k + 1 < sizeof digits && language[k] && language[k] != ']'; k++) {
            digits[k] = tsl__lower(language[k]);
        }
        if (strcmp(digits, places[i].language) == 0) {
            tsl__currency_find(tsl__span_make(places[i].currency), &of_place, &common);
            return tsl__currency_get_fits(currency) & tsl__currency_get_fits(of_place) ? of_place : currency;
        }
    }
    return currency;
}

/* Of "[$€-407]", "\"kr\"", "€" at s. */
static int find_sign(const char *s)
{
    if (s[0] == '[' && s[1] == '$') {
        const size_t n = strcspn(s + 2, "-]");
        return find_currency(s + 2, n, s[2 + n] == '-' ? s + 3 + n : "");
    }
    if (*s == '"') {
        return find_currency(s + 1, strcspn(s + 1, "\""), "");
    }
    s += *s == '\\';
    const int is_sign = *s == '$' || (unsigned char)*s >= 0xC0;
    int currency = TSL__CURRENCY_NONE, common;
    return is_sign && tsl__currency_find(tsl__span_make(s), &currency, &common) ? currency : TSL__CURRENCY_NONE;
}

/* Passes over what stands in brackets; *shows: a length of time is such a thing, [h]:mm. */
static const char *pass_brackets(const char *s, unsigned *shows)
{
    const char *close = strchr(s, ']');
    const char first = tsl__lower(s[1]);
    const char *p = s + 1;
    while (*p && tsl__lower(*p) == first) {
        p++;
    }
    if (close && p == close && first && strchr("hms", first)) {
        *shows |= TSL__SHOWS_LENGTH;
    }
    return close ? close : s + strlen(s) - 1;
}

#define MOST_ZEROS_IN_FRONT 31 /* of a format such as 00000 */

unsigned tsl__xlsx_format_of_code(const char *s)
{
    const size_t zeros = strspn(s, "0");
    unsigned shows = 0;
    int months = 0, currency = TSL__CURRENCY_NONE;
    if (zeros > 1 && zeros <= MOST_ZEROS_IN_FRONT && (s[zeros] == ';' || !s[zeros])) {
        return (unsigned)zeros << TSL__SHOWS_DIGITS;
    }
    for (; *s && *s != ';'; s++) {
        currency = currency ? currency : find_sign(s);
        const char c = tsl__lower(*s);
        if (c == '"') {
            const char *close = strchr(s + 1, '"');
            s = close ? close : s + strlen(s) - 1;
        } else if (c == '[') {
            s = pass_brackets(s, &shows);
        } else if (c == '\\' || c == '_' || c == '*') {
            s += s[1] != 0;
        } else if (c == 'g' && strncmp(s, "General", 7) == 0) {
            s += 6;
        } else {
            shows |= c == 'y' || c == 'd' ? TSL__SHOWS_DAY : c == 'h' || c == 's' ? TSL__SHOWS_CLOCK : 0u;
            months |= c == 'm';
        }
    }
    /* m stands for months but beside hours and seconds */
    return shows & TSL__SHOWS_LENGTH ? TSL__SHOWS_LENGTH
           : shows                   ? shows
           : months                  ? TSL__SHOWS_DAY
                                     : (unsigned)currency << TSL__SHOWS_BITS;
}

/* ---- Numbers ---------------------------------------------------------------------- */

#define FIFTEEN_DIGITS 1e15
#define MOST_ZEROS 9 /* behind a point, that are written out */

/* -2.5e-07 as -0.00000025. */
static void put_small(tsl__text *out, const char *s, int power)
{
    const char *first = s + (*s == '-'), *end = strchr(s, 'e');
    tsl__text_append(out, s, (size_t)(first - s));
    tsl__text_append(out, "0.0000000000", 1 + (size_t)power);
    tsl__text_append(out, first, 1);
    tsl__text_append(out, first + 2, end > first + 2 ? (size_t)(end - first - 2) : 0);
}

/* 7 as 00007: what was put from there on, where it is digits alone. */
static void put_zeros(tsl__text *out, size_t from, size_t digits)
{
    const size_t n = out->failed ? digits : out->length - from;
    if (n >= digits || strspn(out->data + from, "0123456789") != n) {
        return;
    }
    for (size_t i = n; i < digits; i++) {
        tsl__text_puts(out, "0");
    }
    if (!out->failed) {
        memmove(out->data + from + digits - n, out->data + from, n);
        memset(out->data + from, '0', digits - n);
    }
}

/* A long number keeps its exponent: Excel holds 15 digits of it, so that as an id it may be another one. */
void tsl__xlsx_put_number(tsl__text *out, const char *text, size_t n, unsigned shows)
{
    const unsigned currency = shows >> TSL__SHOWS_BITS & ((1U << (TSL__SHOWS_DIGITS - TSL__SHOWS_BITS)) - 1);
    const size_t from = out->length;
    char shortest[32];
    double value;
    if (tsl__double_read(text, n, &value) || !isfinite(value)) {
        tsl__text_append(out, text, n);
        return;
    }
    tsl__double_write(value, shortest);
    const char *e = strstr(shortest, "e-");
    int power = 0;
    for (const char *digit = e ? e + 2 : ""; *digit; digit++) {
        power = 10 * power + (*digit - '0');
    }
    if (power > 0 && power <= MOST_ZEROS) {
        put_small(out, shortest, power);
    } else {
        tsl__packed_number_put(out, shortest, fabs(value) >= FIFTEEN_DIGITS);
    }
    put_zeros(out, from, shows >> TSL__SHOWS_DIGITS);
    if (currency) {
        tsl__text_printf(out, " %s", tsl__currency_get_name((int)currency));
    }
}

/* ---- Days and times ------------------------------------------------------------------ */

/* Parts of a second are cut off, as of times that are written out. What a program computed may lie below the whole
 * second that is meant: by less than half of a thousandth, the finest that Excel shows. */
#define HALF_THE_FINEST 0.0005

static void put_clock(tsl__text *out, int64_t seconds)
{
    tsl__text_printf(out, "%02lld:%02d:%02d", (long long)(seconds / 3600), (int)(seconds / 60 % 60),
                     (int)(seconds % 60));
}

/* The day that never was, and day 0, stand as Excel shows them: no reader of dates takes them for one. */
static void put_day(tsl__text *out, int32_t serial, int from_1904)
{
    int year, month, day;
    if (!from_1904 && (serial == 0 || serial == 60)) {
        tsl__text_puts(out, serial ? "1900-02-29" : "1900-01-00");
        return;
    }
    tsl__day_split(serial - (from_1904 ? EPOCH_1904 : serial < 60 ? EPOCH_1900 - 1 : EPOCH_1900), &year, &month, &day);
    tsl__text_printf(out, "%04d-%02d-%02d", year, month, day);
}

void tsl__xlsx_put_time(tsl__text *out, const char *text, size_t n, unsigned shows, int from_1904)
{
    double value;
    if (tsl__double_read(text, n, &value) || !(value >= 0 && value < LAST_SERIAL + 1)) {
        tsl__xlsx_put_number(out, text, n, 0);
        return;
    }
    const int64_t seconds = (int64_t)(value * TSL__DAY_SECONDS + HALF_THE_FINEST);
    const int32_t serial = (int32_t)(seconds / TSL__DAY_SECONDS);
    const int64_t clock = seconds % TSL__DAY_SECONDS;
    if (shows & TSL__SHOWS_LENGTH) {
        put_clock(out, seconds);
        return;
    }
    const int is_day = serial > 0 || (shows & TSL__SHOWS_DAY), is_clock = clock || (shows & TSL__SHOWS_CLOCK);
    if (is_day) {
        put_day(out, serial, from_1904);
        tsl__text_puts(out, is_clock ? " " : "");
    }
    if (is_clock) {
        put_clock(out, clock);
    }
}
