/*
 * csv_field.c: one field of a CSV file: quoted as RFC 4180 has it, and so that no
 * spreadsheet takes it for a formula (docs/decisions/formulas.md). Where a cell
 * would begin as a formula does, a ' is put before it. What is skipped to see
 * that holds the ' itself, so that a field which began with one gets another and
 * no two fields become the same.
 */
#include "base/text.h"

#include <string.h>

/* ---- Characters ------------------------------------------------------------ */

/* What a byte of a field means for it: it must be quoted; a reader that parts
 * fields by another sign than the comma, or knows no quotes, may begin a cell
 * after it. */
enum { QUOTED = 1, PARTS = 2 };
static const unsigned char meaning[256] = {
    [','] = QUOTED, ['"'] = QUOTED, ['\r'] = QUOTED | PARTS, ['\n'] = QUOTED | PARTS, ['\t'] = PARTS, [';'] = PARTS};

typedef struct range {
    uint32_t low, high;
} range;

/* What spreadsheets, or the programs between, strip from the front of a cell or
 * do not show: blanks, controls, quotes, marks of direction, the byte order mark. */
static const range skipped[] = {
    {0x01, 0x08},     {0x0B, 0x0C},     {0x0E, 0x20},     {'"', '"'},       {'\'', '\''},     {0x7F, 0xA0},
    {0xAD, 0xAD},     {0x034F, 0x034F}, {0x061C, 0x061C}, {0x1680, 0x1680}, {0x180B, 0x180F}, {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

/* The signs = + - @, and those that are folded to them (Unicode's NFKC; the minus sign). */
static const range signs[] = {{'+', '+'},       {'-', '-'},       {'=', '='},       {'@', '@'},       {0x207A, 0x207C},
                              {0x208A, 0x208C}, {0x2212, 0x2212}, {0xFE62, 0xFE63}, {0xFE66, 0xFE66}, {0xFE6B, 0xFE6B},
                              {0xFF0B, 0xFF0B}, {0xFF0D, 0xFF0D}, {0xFF1D, 0xFF1D}, {0xFF20, 0xFF20}};

static int is_among(const range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++) {
        if (c >= ranges[i].low && c <= ranges[i].high) {
            return 1;
        }
    }
    return 0;
}

/* The character at s, at most of three bytes (all that the tables hold); its
 * length. A byte that is no UTF-8, or begins a longer one, stands for itself, and
 * is in no table. */
static size_t get_character(const char *s, uint32_t *c)
{
    const unsigned char *p = (const unsigned char *)s;
    *c = p[0] < 0x80 ? p[0] : 0xFFFD;
    if (p[0] >= 0xC2 && p[0] <= 0xDF && (p[1] & 0xC0) == 0x80) {
        *c = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if ((p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
        return 3;
    }
    return 1;
}

/* ---- Cells ------------------------------------------------------------------- */

/* first: at the beginning of the field, where a tab or the end of a line counts too. */
static int begins_formula(const char *s, int first)
{
    uint32_t c = (unsigned char)*s;
    if ((c >= 'A' && c <= 'z') || (c >= '0' && c <= '9')) {
        return 0; /* as a rule */
    }
    size_t length = get_character(s, &c);
    while (is_among(skipped, sizeof skipped / sizeof *skipped, c)) {
        s += length;
        length = get_character(s, &c);
    }
    return is_among(signs, sizeof signs / sizeof *signs, c) || (first && (c == '\t' || c == '\r' || c == '\n'));
}

static const char *skip_digits(const char *s)
{
    while (tsl__is_digit(*s)) {
        s++;
    }
    return s;
}

/* A signed number, which is no formula and stays what it is: -5, +8613800000000,
 * -1.5e-3; and the - that stands for standard input, or for nothing. */
static int is_number(const char *s)
{
    if (*s != '-' && *s != '+') {
        return 0;
    }
    if (strcmp(s, "-") == 0) {
        return 1;
    }
    const char *whole = s + 1, *at = skip_digits(whole);
    size_t digits = (size_t)(at - whole);
    if (*at == '.') {
        const char *part = at + 1;
        at = skip_digits(part);
        digits += (size_t)(at - part);
    }
    if (digits && (*at == 'e' || *at == 'E')) {
        const char *power = at + 1 + (at[1] == '-' || at[1] == '+');
        at = skip_digits(power);
        digits = (size_t)(at - power);
    }
    return digits && !*at;
}

/* Whether a ' is put before any cell of it. `all`: what its bytes mean. */
static int is_marked(const char *field, int all)
{
    if (is_number(field)) {
        return 0;
    }
    int marked = begins_formula(field, 1);
    for (const char *p = field; !marked && (all & PARTS) && *p; p++) {
        marked = (meaning[(unsigned char)*p] & PARTS) && begins_formula(p + 1, 0);
    }
    return marked;
}

static int get_meaning(const char *field)
{
    int all = 0;
    for (const char *p = field; *p; p++) {
        all |= meaning[(unsigned char)*p];
    }
    return all;
}

int tsl__csv_is_marked(const char *field)
{
    return is_marked(field, get_meaning(field));
}

void tsl__text_csv(tsl__text *text, const char *field)
{
    size_t length = strlen(field);
    const int all = get_meaning(field), marked = is_marked(field, all);
    if (!marked && !(all & QUOTED) && field[0] != ' ' && (!length || field[length - 1] != ' ')) {
        tsl__text_append(text, field, length);
        return;
    }
    const char *from = field; /* not appended yet */
    tsl__text_append(text, "\"", 1);
    for (const char *p = field; *p; p++) {
        if (marked && (p == field || (meaning[(unsigned char)p[-1]] & PARTS)) && begins_formula(p, p == field)) {
            tsl__text_append(text, from, (size_t)(p - from));
            tsl__text_append(text, "'", 1);
            from = p;
        }
        if (*p == '"') { /* twice */
            tsl__text_append(text, from, (size_t)(p + 1 - from));
            from = p;
        }
    }
    tsl__text_puts(text, from);
    tsl__text_append(text, "\"", 1);
}

void tsl__text_csv_cell(tsl__text *text, const char *field)
{
    tsl__text whole = {0};
    tsl__text_csv(&whole, field);
    text->failed |= whole.failed;
    const int quoted = !whole.failed && whole.data[0] == '"';
    for (size_t i = (size_t)quoted; !whole.failed && i + (size_t)quoted < whole.length; i++) {
        tsl__text_append(text, whole.data + i, 1);
        i += quoted && whole.data[i] == '"';
    }
    tsl__text_free(&whole);
}

void tsl__text_csv_plain(tsl__text *text, const char *field, size_t length)
{
    const char *from = field; /* not appended yet */
    int quoted = length > 0 && (field[0] == ' ' || field[length - 1] == ' ');
    for (size_t i = 0; i < length && !quoted; i++) {
        quoted = meaning[(unsigned char)field[i]] & QUOTED;
    }
    if (!quoted) {
        tsl__text_append(text, field, length);
        return;
    }
    tsl__text_append(text, "\"", 1);
    for (const char *p = field; p < field + length; p++) {
        if (*p == '"') { /* twice */
            tsl__text_append(text, from, (size_t)(p + 1 - from));
            from = p;
        }
    }
    tsl__text_append(text, from, (size_t)(field + length - from));
    tsl__text_append(text, "\"", 1);
}

char *tsl__csv_unmark(const char *cell, char *to)
{
    for (const char *p = cell; *p; p++) {
        const int first = p == cell;
        const int marks =
            *p == '\'' && (first || (meaning[(unsigned char)p[-1]] & PARTS)) && begins_formula(p + 1, first);
        if (!marks) {
            *to++ = *p;
        }
    }
    *to = '\0';
    return to;
}
