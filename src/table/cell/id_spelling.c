/* id_spelling.c: the form that the spellings of an id share. */
#include "table/cell/id_spelling.h"

#include <string.h>

#include "base/text.h"

/* Characters that are left out. */
static const struct {
    const char *bytes;
    tsl__id_trait trait;
} left_out[] = {
    {" ", TSL__ID_SPACES},
    {"\t", TSL__ID_SPACES},
    {"\r", TSL__ID_SPACES},
    {"\n", TSL__ID_SPACES},
    {"\xC2\xA0", TSL__ID_SPACES},        /* no-break space */
    {"\xE3\x80\x80", TSL__ID_SPACES},    /* ideographic space */
    {"\xE2\x80\x87", TSL__ID_SPACES},    /* figure space */
    {"\xE2\x80\xAF", TSL__ID_SPACES},    /* narrow no-break space */
    {"\xC2\xAD", TSL__ID_INVISIBLE},     /* soft hyphen */
    {"\xE2\x80\x8B", TSL__ID_INVISIBLE}, /* zero-width space, */
    {"\xE2\x80\x8C", TSL__ID_INVISIBLE}, /* non-joiner, */
    {"\xE2\x80\x8D", TSL__ID_INVISIBLE}, /* joiner */
    {"\xE2\x80\x8E", TSL__ID_INVISIBLE}, /* marks of direction */
    {"\xE2\x80\x8F", TSL__ID_INVISIBLE},
    /* Written as bytes, they turn no line of this file round. NOLINTBEGIN(misc-misleading-bidirectional) */
    {"\xE2\x80\xAA", TSL__ID_INVISIBLE},
    {"\xE2\x80\xAB", TSL__ID_INVISIBLE},
    {"\xE2\x80\xAC", TSL__ID_INVISIBLE},
    {"\xE2\x80\xAD", TSL__ID_INVISIBLE},
    {"\xE2\x80\xAE", TSL__ID_INVISIBLE},
    {"\xE2\x81\xA6", TSL__ID_INVISIBLE},
    {"\xE2\x81\xA7", TSL__ID_INVISIBLE},
    {"\xE2\x81\xA8", TSL__ID_INVISIBLE},
    {"\xE2\x81\xA9", TSL__ID_INVISIBLE},
    /* NOLINTEND(misc-misleading-bidirectional) */
    {"\xE2\x81\xA0", TSL__ID_INVISIBLE}, /* word joiner */
    {"\xEF\xBB\xBF", TSL__ID_INVISIBLE}, /* byte order mark */
};

/* Bytes of what is left out at s; 0: none. */
static size_t skip(tsl__span rest, unsigned *traits)
{
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
        const size_t n = strlen(left_out[i].bytes);
        if (tsl__span_begins(rest, left_out[i].bytes, n)) {
            *traits |= left_out[i].trait;
            return n;
        }
    }
    return 0;
}

/* The ASCII character of one of full width, U+FF01 to U+FF5E; 0: it is none. */
static char narrow(tsl__span rest)
{
    const unsigned char *c = (const unsigned char *)rest.s;
    if (rest.n < 3 || c[0] != 0xEF || (c[1] != 0xBC && c[1] != 0xBD)) {
        return 0;
    }
    const int place = (c[1] - 0xBC) * 64 + c[2] - 0x80; /* of U+FF00 */
    return (char)(place >= 0x01 && place <= 0x5E ? place + 0x20 : 0);
}

/* ---- Letters beyond ASCII --------------------------------------------------------------------- */

/* A character of two bytes. */
static unsigned get_pair(const char *s)
{
    return ((unsigned char)s[0] & 0x1FU) << 6 | ((unsigned char)s[1] & 0x3FU);
}

static void put_pair(char *out, unsigned letter)
{
    out[0] = (char)(0xC0 | letter >> 6);
    out[1] = (char)(0x80 | (letter & 0x3F));
}

/* The capital letters of small ones: from, to, what lies between both; step 2: capital and small ones take turns. */
static const struct {
    unsigned from, to;
    int less;
    unsigned step;
} small[] = {
    {0xE0, 0xF6, 0x20, 1},   {0xF8, 0xFE, 0x20, 1},   {0xFF, 0xFF, -0x79, 1},  {0x101, 0x12F, 1, 2},
    {0x133, 0x137, 1, 2},    {0x13A, 0x148, 1, 2},    {0x14B, 0x177, 1, 2},    {0x17A, 0x17E, 1, 2},
    {0x3AC, 0x3AC, 0x26, 1}, {0x3AD, 0x3AF, 0x25, 1}, {0x3B1, 0x3C1, 0x20, 1}, {0x3C2, 0x3C2, 0x1F, 1},
    {0x3C3, 0x3CB, 0x20, 1}, {0x3CC, 0x3CC, 0x40, 1}, {0x3CD, 0x3CE, 0x3F, 1}, {0x430, 0x44F, 0x20, 1},
    {0x450, 0x45F, 0x50, 1}, {0x461, 0x481, 1, 2},    {0x48B, 0x4BF, 1, 2},    {0x4D1, 0x52F, 1, 2},
};

static unsigned get_capital(unsigned letter)
{
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (letter >= small[i].from && letter <= small[i].to && (letter - small[i].from) % small[i].step == 0) {
            return (unsigned)((int)letter - small[i].less);
        }
    }
    return letter;
}

/* Accents that stand behind their letters, and the capital letters that have them: of Latin-1 and Latin Extended-A. */
static const struct {
    const char *letters;
    unsigned accent;
    unsigned short with[13];
} composed[] = {
    {"AEIOU", 0x300, {0xC0, 0xC8, 0xCC, 0xD2, 0xD9}},
    {"AEIOUYCLNRSZ", 0x301, {0xC1, 0xC9, 0xCD, 0xD3, 0xDA, 0xDD, 0x106, 0x139, 0x143, 0x154, 0x15A, 0x179}},
    {"AEIOUCGHJSWY", 0x302, {0xC2, 0xCA, 0xCE, 0xD4, 0xDB, 0x108, 0x11C, 0x124, 0x134, 0x15C, 0x174, 0x176}},
    {"ANOIU", 0x303, {0xC3, 0xD1, 0xD5, 0x128, 0x168}},
    {"AEIOU", 0x304, {0x100, 0x112, 0x12A, 0x14C, 0x16A}},
    {"AEGIOU", 0x306, {0x102, 0x114, 0x11E, 0x12C, 0x14E, 0x16C}},
    {"CEGIZ", 0x307, {0x10A, 0x116, 0x120, 0x130, 0x17B}},
    {"AEIOUY", 0x308, {0xC4, 0xCB, 0xCF, 0xD6, 0xDC, 0x178}},
    {"AU", 0x30A, {0xC5, 0x16E}},
    {"OU", 0x30B, {0x150, 0x170}},
    {"CDELNRSTZ", 0x30C, {0x10C, 0x10E, 0x11A, 0x13D, 0x147, 0x158, 0x160, 0x164, 0x17D}},
    {"CGKLNRST", 0x327, {0xC7, 0x122, 0x136, 0x13B, 0x145, 0x156, 0x15E, 0x162}},
    {"AEIU", 0x328, {0x104, 0x118, 0x12E, 0x172}},
};

/* The letter with this accent; 0: none. */
static unsigned compose(char letter, unsigned accent)
{
    for (size_t i = 0; i < sizeof composed / sizeof *composed; i++) {
        const char *at = composed[i].accent == accent && letter ? strchr(composed[i].letters, letter) : NULL;
        if (at) {
            return composed[i].with[at - composed[i].letters];
        }
    }
    return 0;
}

/* Puts a character of two bytes behind the n of the form; how many these are then. */
static size_t add_pair(const char *s, char *out, size_t n, unsigned *traits)
{
    const unsigned letter = get_pair(s), capital = get_capital(letter);
    const unsigned with = n ? compose(out[n - 1], letter) : 0;
    if (with) {
        *traits |= TSL__ID_PARTED;
        put_pair(out + n - 1, with);
        return n + 1;
    }
    *traits |= capital != letter ? TSL__ID_CASE : 0;
    put_pair(out + n, capital);
    return n + 2;
}

static size_t skip_digits(tsl__span id, size_t at)
{
    while (at < id.n && tsl__is_digit(id.s[at])) {
        at++;
    }
    return at;
}

/* Without the zeros behind the point of a whole number: after a comma at most two, as three follow one that divides
 * thousands. */
static size_t cut_point(const char *form, size_t n, unsigned *traits)
{
    size_t end = n, first = form[0] == '-' || form[0] == '+';
    while (end > 0 && form[end - 1] == '0') {
        end--;
    }
    const int is_point = end > 1 && end < n && form[end - 1] == '.';
    const int is_comma = end > 1 && end < n && form[end - 1] == ',' && n - end < 3;
    if (!(is_point || is_comma) || end - 1 == first || skip_digits((tsl__span){form, end - 1}, first) != end - 1) {
        return n;
    }
    *traits |= TSL__ID_POINT_ZERO;
    return end - 1;
}

/* Without a plus sign before digits alone. */
static size_t cut_plus(char *form, size_t n, unsigned *traits)
{
    if (n < 2 || form[0] != '+' || skip_digits((tsl__span){form, n}, 1) != n) {
        return n;
    }
    *traits |= TSL__ID_PLUS;
    memmove(form, form + 1, n - 1);
    return n - 1;
}

/* The id within the marks that keep it a text. */
static tsl__span strip_marks(tsl__span id, unsigned *traits)
{
    for (;;) {
        const size_t equals = id.n > 1 && id.s[0] == '=' && id.s[1] == '"', n = id.n - equals;
        const char first = n ? id.s[equals] : 0;
        const int closes = n > 2 && id.s[id.n - 1] == first;
        if (!(first == '"' && closes) && !(first == '\'' && n > 1)) {
            return id;
        }
        *traits |= TSL__ID_MARKS;
        id = (tsl__span){id.s + equals + 1, n - 1 - (size_t)closes};
    }
}

/* Is it a form already? Most ids are. */
static int is_plain(tsl__span id)
{
    int plain = id.n > 0 && !strchr("0=\"'+", id.s[0]);
    for (size_t i = 0; i < id.n; i++) {
        const unsigned char c = (unsigned char)id.s[i];
        plain &= c > ' ' && c < 0x80 && c != '.' && c != ',' && !(c >= 'a' && c <= 'z');
    }
    return plain;
}

size_t tsl__id_normalise(tsl__span id, char *out, unsigned *traits)
{
    size_t n = 0;
    *traits = 0;
    if (is_plain(id)) {
        memcpy(out, id.s, id.n);
        return id.n;
    }
    const tsl__span inner = strip_marks(id, traits);
    for (size_t i = 0, bytes; i < inner.n; i += bytes) {
        const tsl__span rest = {inner.s + i, inner.n - i};
        const unsigned char first = (unsigned char)*rest.s;
        char c = *rest.s;
        bytes = 1;
        if (first <= ' ' || first >= 0x80) {
            const size_t skipped = skip(rest, traits);
            const char wide = skipped ? 0 : narrow(rest);
            bytes = skipped ? skipped : wide ? 3 : 1;
            c = wide ? wide : c;
            *traits |= wide ? TSL__ID_WIDTH : 0;
            if (skipped) {
                continue;
            }
            if ((first & 0xE0) == 0xC0 && rest.n > 1) {
                bytes = 2;
                n = add_pair(rest.s, out, n, traits);
                continue;
            }
        }
        if (tsl__is_lower(c)) {
            *traits |= TSL__ID_CASE;
            c = (char)(c - 'a' + 'A');
        }
        out[n++] = c;
    }
    if (n == 0) {
        *traits = 0;
        memcpy(out, id.s, id.n);
        return id.n;
    }
    n = cut_plus(out, cut_point(out, n, traits), traits);
    *traits |= tsl__id_count_zeros((tsl__span){out, n}) ? TSL__ID_ZEROS : 0;
    return n;
}

size_t tsl__id_count_zeros(tsl__span form)
{
    size_t zeros = 0;
    while (zeros + 1 < form.n && form.s[zeros] == '0') {
        zeros++;
    }
    for (size_t i = zeros; zeros && i < form.n; i++) {
        if (!tsl__is_digit(form.s[i])) {
            return 0;
        }
    }
    return zeros;
}

#define EXPONENT_DIGITS 3

tsl__id_science tsl__id_find_science(tsl__span id)
{
    const size_t first = id.n && (*id.s == '-' || *id.s == '+'), mark = skip_digits(id, first);
    const int marked = mark < id.n && (id.s[mark] == '.' || id.s[mark] == ',');
    const size_t letter = marked ? skip_digits(id, mark + 1) : mark;
    if (mark == first || letter >= id.n || tsl__lower(id.s[letter]) != 'e') {
        return TSL__ID_NO_SCIENCE;
    }
    const int is_signed = letter + 1 < id.n && id.s[letter + 1] == '+';
    const size_t power = letter + 1 + (size_t)is_signed, end = skip_digits(id, power);
    if (end != id.n || end == power || end - power > EXPONENT_DIGITS) {
        return TSL__ID_NO_SCIENCE;
    }
    return marked || is_signed ? TSL__ID_ROUNDED : TSL__ID_MAY_BE_CODE;
}

int tsl__id_is_code(tsl__span id)
{
    int digits = 0, letters = 0;
    for (size_t i = 0; i < id.n; i++) {
        const char c = tsl__lower(id.s[i]);
        digits |= tsl__is_digit(c);
        letters |= tsl__is_lower(c) && c != 'e';
    }
    return digits && letters;
}

const char *tsl__id_trait_get_text(int bit)
{
    static const char *const texts[TSL__ID_TRAITS] = {"a trailing .0",
                                                      "the case of letters",
                                                      "the width of characters",
                                                      "spaces",
                                                      "zero-width characters",
                                                      "leading zeros",
                                                      "accents that stand apart",
                                                      "quotes",
                                                      "a plus sign"};
    return bit >= 0 && bit < TSL__ID_TRAITS ? texts[bit] : "?";
}
