/* format.c: numbers as people read them, and how wide texts stand. */
#include "cli/show/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- Numbers -------------------------------------------------------------------- */

/* Parts the thousands of the digits that text begins with, after a sign. */
static void part_thousands(const char *text, char out[CLI_NUMBER_BYTES])
{
    size_t sign = text[0] == '-', whole = strspn(text + sign, "0123456789"), used = 0;
    for (size_t i = 0; text[i] && used + 2 < CLI_NUMBER_BYTES; i++) {
        out[used++] = text[i];
        size_t left = sign + whole - i - 1; /* digits of the whole part behind this one */
        if (i >= sign && i + 1 < sign + whole && left % 3 == 0) {
            out[used++] = ',';
        }
    }
    out[used] = '\0';
}

void cli_count_write(uint64_t count, char out[CLI_NUMBER_BYTES])
{
    char digits[CLI_NUMBER_BYTES];
    snprintf(digits, sizeof digits, "%" PRIu64, count);
    part_thousands(digits, out);
}

/* Whether so many decimals leave nothing of it. */
static int is_hidden(double number, int decimals)
{
    return number != 0 && fabs(number) * pow(10, decimals) < 0.5;
}

void cli_number_write(double number, int decimals, char out[CLI_NUMBER_BYTES])
{
    char digits[CLI_NUMBER_BYTES];
    out[0] = '\0';
    if (isnan(number)) {
        return;
    }
    if (isinf(number) || fabs(number) >= 1e18 || is_hidden(number, decimals)) {
        snprintf(out, CLI_NUMBER_BYTES, "%.4g", number);
        return;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals, number);
    part_thousands(digits, out);
}

void cli_expected_write(double number, int decimals, int zh, char out[CLI_NUMBER_BYTES])
{
    const double least = pow(10, -decimals);
    if (number > 0 && number < least / 2) {
        snprintf(out, CLI_NUMBER_BYTES, zh ? "不到 %.*f" : "under %.*f", decimals, least);
        return;
    }
    cli_number_write(number, decimals, out);
}

int cli_pair_decimals(double a, double b)
{
    int decimals = 2;
    while (decimals < 4 && (is_hidden(a, decimals) || is_hidden(b, decimals))) {
        decimals++;
    }
    return decimals;
}

void cli_chance_write(double chance, int zh, char out[CLI_NUMBER_BYTES])
{
    if (chance >= 0.995 && chance < 1) {
        snprintf(out, CLI_NUMBER_BYTES, "%s", zh ? "超过 0.99" : "over 0.99");
        return;
    }
    cli_expected_write(chance, 2, zh, out);
}

void cli_share_write(double share, char out[CLI_NUMBER_BYTES])
{
    out[0] = '\0';
    if (!isnan(share)) {
        double shown = share < 1 ? fmin(share, 0.999) : share; /* what is not all of it is never said to be */
        snprintf(out, CLI_NUMBER_BYTES, "%.1f %%", round(1000 * shown) / 10 + 0.0); /* no -0.0 */
    }
}

void cli_short_write(double number, char out[CLI_NUMBER_BYTES])
{
    double size = fabs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e12)) {
        snprintf(out, CLI_NUMBER_BYTES, "%.3g", number);
        return;
    }
    int decimals = size >= 1000 || number == trunc(number) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
    cli_number_write(number, decimals, out);
}

/* ---- Width ------------------------------------------------------------------------ */

typedef struct range {
    uint32_t first, last;
} range;

/* Blocks of East Asian wide and fullwidth characters and of emoji (Unicode
 * Standard Annex 11), by whole blocks; it decides spacing only. */
static const range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                             {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
                             {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
                             {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
/* Marks that stand over the character before them, and characters without any width. */
static const range thin[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

static int is_in(const range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return 1;
        }
    }
    return 0;
}

/* The character at text: its bytes and its columns. Texts are UTF-8 already. */
static size_t next_character(const char *text, size_t *columns)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    uint32_t code = length == 1 ? s[0] : s[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *columns = 1;
            return 1;
        }
        code = code << 6 | (s[i] & 0x3FU);
    }
    *columns = is_in(wide, sizeof wide / sizeof *wide, code)   ? 2
               : is_in(thin, sizeof thin / sizeof *thin, code) ? 0
                                                               : 1;
    return length;
}

size_t cli_text_get_width(const char *text)
{
    size_t width = 0, columns;
    while (*text) {
        text += next_character(text, &columns);
        width += columns;
    }
    return width;
}

void cli_text_cut(char *text, size_t width)
{
    size_t columns;
    while (*text) {
        size_t length = next_character(text, &columns);
        if (columns > width) {
            *text = '\0';
            return;
        }
        width -= columns;
        text += length;
    }
}

void cli_text_clean(char *text, int lines)
{
    for (unsigned char *p = (unsigned char *)text; *p; p++) {
        if ((*p < 0x20 || *p == 0x7F) && !(lines && (*p == '\n' || *p == '\t'))) {
            *p = '?';
        } else if (p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0) {
            p[0] = p[1] = '?'; /* the control characters beyond ASCII */
        }
    }
}
