/* text.h: a growing text, and numbers in and out free of the locale. */
#ifndef TSL_BASE_TEXT_H
#define TSL_BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. A failed allocation sets `failed` and makes further appends
 * do nothing, so that a writer checks once, at the end. */
typedef struct tsl__text {
    char *data; /* NUL-terminated once anything was appended */
    size_t length, capacity;
    int failed;
} tsl__text;

void tsl__text_append(tsl__text *text, const char *bytes, size_t count);
void tsl__text_puts(tsl__text *text, const char *string);
/* Likewise, with a space where a Latin letter or digit meets a Chinese character at the seam. */
void tsl__text_join(tsl__text *text, const char *string);
void tsl__text_printf(tsl__text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* tsl__double_write; NaN appends nothing. */
void tsl__text_double(tsl__text *text, double value);
/* An exact decimal in 1/10000, without trailing zeros beyond `places`: 12.5 -> "12.50" for places 2. */
void tsl__text_decimal(tsl__text *text, int64_t value, int places);
/* A number rounded to 1/10000 and written likewise; from 9e14 on, as tsl__text_double does; NaN appends nothing. */
void tsl__text_fixed(tsl__text *text, double value, int places);
/* The same for a sentence: from 9e14 on, and where nothing would be left of it, in four significant digits. */
void tsl__text_shown(tsl__text *text, double value, int places);
/* One CSV field, quoted where RFC 4180 asks for it, with a ' before what a spreadsheet would take for a formula. */
void tsl__text_csv(tsl__text *text, const char *field);
/* Likewise as a reader of the file has it: without quotes, with the '. */
void tsl__text_csv_cell(tsl__text *text, const char *field);
int tsl__csv_is_marked(const char *field); /* whether it gets such a ' */
/* Takes every such ' off a cell again, into at most as many bytes and a NUL; where they end. */
char *tsl__csv_unmark(const char *cell, char *to);
/* One CSV field as it is, quoted where RFC 4180 asks for it: for programs. */
void tsl__text_csv_plain(tsl__text *text, const char *field, size_t length);
void tsl__text_clear(tsl__text *text); /* keeps the memory */
void tsl__text_free(tsl__text *text);
/* Hands the text over (free with free()), NULL where it failed; never NULL for an empty one. */
char *tsl__text_take(tsl__text *text);

/* vsnprintf with a decimal point, whatever the locale. Every format of the base room's functions goes through it. */
int tsl__vprint(char *out, size_t size, const char *format, va_list args) __attribute__((format(printf, 3, 0)));
int tsl__print(char *out, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The fewest digits, rounded as printf does, that read back as the same double, into out[32]: 0.1, 1e+300,
 * nan, inf, -inf. */
void tsl__double_write(double value, char out[32]);
/* 10^n, exact. */
#define TSL__MOST_TEN_DOUBLE 22
extern const double tsl__ten_doubles[TSL__MOST_TEN_DOUBLE + 1];
#define TSL__MOST_TEN 19
extern const uint64_t tsl__tens[TSL__MOST_TEN + 1];
/* Digits at p, without a NUL; where they end. Of a decimal `value` are units of 10^-places, which are written without
 * zeros at the end beyond `keep` places: at most 21 bytes. */
char *tsl__write_count(char *p, uint64_t value);
char *tsl__write_decimal(char *p, uint64_t value, int places, int keep);
/* A number as a sentence shows it: rounded to at most so many places, 0 to 15, without zeros at the end; in four
 * significant digits where it is 1e15 or more, or places would leave nothing of it: 3.243e+26, 1.5e-07. */
void tsl__shown_write(double value, int places, char out[32]);
/* Up to here doubles hold every whole number: the next one may stand for the one behind it, which is no double. */
#define TSL__GREATEST_WHOLE ((UINT64_C(1) << 53) - 1)
/* The whole of [s, s + n) as a double, decimal point "." only, no blanks, no hexadecimal; 0 on success. What is
 * too large is infinite; the caller says whether nan and inf will do. */
int tsl__double_read(const char *s, size_t n, double *value);
/* 0 to 9 alone, whatever the locale. */
static inline char tsl__lower(char c) /* of ASCII, in every locale; other bytes stay */
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
static inline int tsl__is_same_folded(const char *a, const char *b) /* likewise */
{
    while (*a && tsl__lower(*a) == tsl__lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}
static inline int tsl__is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline int tsl__is_letter(char c) /* of ASCII */
{
    return tsl__is_lower(tsl__lower(c));
}
static inline int tsl__is_digit(char c)
{
    return c >= '0' && c <= '9';
}
/* The length of the longest valid UTF-8 prefix of [s, s + n); n where all is valid. */
size_t tsl__utf8_check(const char *s, size_t n);
/* Bytes of the longest beginning of at most `most` bytes that ends with a character: for "%.*s". */
int tsl__text_head(const char *text, int most);
/* Characters of a valid text. */
size_t tsl__text_width(const char *text);
/* The entry of `names` nearest to `name` (edit distance, case folded), else the first that holds it ("income" of
 * "AnnualIncome"), or NULL where there is none. */
const char *tsl__nearest_get(const char *name, const char *const *names, size_t count);

/* Appends `; did you mean "X"?` and gives 1 where one of the names is near; else 0. */
int tsl__nearest_put(tsl__text *text, const char *name, const char *const *names, size_t count);
/* Appends "a, b, c", as far as a message has room, then "…", which also ends a name that is too long. */
void tsl__names_put(tsl__text *text, const char *const *names, size_t count);

/* Messages quote what users wrote: whatever that was, this leaves one line of
 * valid UTF-8. `cut`: the end is missing, perhaps amid a character. */
void tsl__text_tidy(char *message, int cut);

#endif
