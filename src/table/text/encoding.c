/* encoding.c: the rules by which the encoding of a text is found. */
#include "table/text/encoding.h"

#include <iconv.h>
#include <string.h>

#include "base/text.h"

const char *tsl_encoding_get_name(tsl_encoding encoding)
{
    static const char *const names[TSL_ENCODINGS] = {"auto",     "utf-8",   "utf-16le",
                                                     "utf-16be", "gb18030", "windows-1252"};
    return (int)encoding >= 0 && encoding < TSL_ENCODINGS ? names[encoding] : "?";
}

tsl_encoding tsl__encoding_of_mark(const char *s, size_t n, size_t *mark)
{
    static const struct {
        const char *bytes;
        size_t count;
        tsl_encoding encoding;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, TSL_ENCODING_UTF8},
        {"\xFF\xFE", 2, TSL_ENCODING_UTF16LE},
        {"\xFE\xFF", 2, TSL_ENCODING_UTF16BE},
        {"\x84\x31\x95\x33", 4, TSL_ENCODING_GB18030},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (n >= marks[i].count && memcmp(s, marks[i].bytes, marks[i].count) == 0) {
            *mark = marks[i].count;
            return marks[i].encoding;
        }
    }
    *mark = 0;
    return TSL_ENCODING_AUTO;
}

/* ---- UTF-16 by its zeros ---------------------------------------------------- */

static unsigned get_unit(const unsigned char *s, int big)
{
    return big ? (unsigned)s[0] << 8 | s[1] : (unsigned)s[1] << 8 | s[0];
}

/* Every unit is a character, or half of a pair; one in eight is ASCII, line ends among them, and none would be a line
 * end in the other order of bytes. */
static int is_utf16(const unsigned char *s, size_t n, int big)
{
    size_t ascii = 0, ends = 0, units = n / 2;
    int open = 0;
    for (size_t i = 0; i + 1 < n; i += 2) {
        const unsigned unit = get_unit(s + i, big);
        const int high = unit >> 10 == 0xD800 >> 10, low = unit >> 10 == 0xDC00 >> 10;
        if (unit == 0 || unit >= 0xFFFE || low != open || unit == 0x0A00 || unit == 0x0D00) {
            return 0;
        }
        open = high;
        ascii += unit < 0x80;
        ends += unit == '\n' || unit == '\r';
    }
    return ends > 0 && ascii * 8 >= units;
}

tsl_encoding tsl__encoding_of_zeros(const char *s, size_t n)
{
    if (!memchr(s, 0, n)) {
        return TSL_ENCODING_AUTO;
    }
    const unsigned char *u = (const unsigned char *)s;
    return is_utf16(u, n, 0) ? TSL_ENCODING_UTF16LE : is_utf16(u, n, 1) ? TSL_ENCODING_UTF16BE : TSL_ENCODING_AUTO;
}

/* ---- UTF-8, line by line ------------------------------------------------------ */

typedef struct utf8_tally {
    size_t good, bad; /* lines that are no ASCII: valid, and not */
    size_t bits;      /* how improbable the good ones are in another encoding */
} utf8_tally;

static void tally_line(utf8_tally *t, const char *s, size_t n, int cut)
{
    const size_t valid = tsl__utf8_check(s, n);
    size_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)s[i];
        bits += c < 0xC0 ? 0 : c < 0xE0 ? 2 : 6;
    }
    if (valid == n || (cut && n - valid < 4 && valid > 0)) {
        t->good += bits > 0;
        t->bits += bits;
    } else {
        t->bad++;
    }
}

static utf8_tally tally_utf8(const char *s, size_t n, int whole)
{
    utf8_tally t = {0};
    for (size_t i = 0, end; i < n; i = end + 1) {
        for (end = i; end < n && s[end] != '\n' && s[end] != '\r';) {
            end++;
        }
        tally_line(&t, s + i, end - i, end == n && !whole);
    }
    return t;
}

/* ---- GB18030 -------------------------------------------------------------------- */

typedef struct gb_tally {
    size_t all;           /* characters that are no ASCII */
    size_t first, second; /* of the common and the other characters of GB 2312 */
    size_t signs, kana;
    size_t distinct;                             /* of GB 2312, */
    int later;                                   /* one of which stands in its later half */
    unsigned char seen[(0xF8 - 0xB0) * 128 / 8]; /* a bit each: by the first byte, and 7 bits of the second */
} gb_tally;

static void tally_pair(gb_tally *t, unsigned char lead, unsigned char trail)
{
    t->all++;
    if (trail < 0xA1 || lead < 0xA1 || lead > 0xF7) {
        return;
    }
    t->signs += lead <= 0xA3;
    t->kana += lead == 0xA4 || lead == 0xA5;
    if (lead < 0xB0) {
        return;
    }
    const size_t bit = (size_t)(lead - 0xB0) << 7 | (trail & 0x7F);
    t->distinct += !(t->seen[bit >> 3] >> (bit & 7) & 1);
    t->seen[bit >> 3] |= (unsigned char)(1u << (bit & 7));
    t->first += lead <= 0xD7;
    t->second += lead > 0xD7;
    t->later |= lead > 0xC8;
}

/* 0 where the bytes are none of GB18030. */
static int tally_gb(const unsigned char *s, size_t n, int whole, gb_tally *t)
{
    for (size_t i = 0; i < n;) {
        if (s[i] < 0x80) {
            i++;
            continue;
        }
        if (s[i] == 0x80 || s[i] == 0xFF) {
            return 0;
        }
        const size_t bytes = i + 1 < n && s[i + 1] >= '0' && s[i + 1] <= '9' ? 4 : 2;
        if (i + bytes > n) {
            return !whole;
        }
        if (bytes == 4) {
            if (s[i + 2] < 0x81 || s[i + 2] == 0xFF || s[i + 3] < '0' || s[i + 3] > '9') {
                return 0;
            }
            t->all++;
        } else if (s[i + 1] < 0x40 || s[i + 1] == 0x7F || s[i + 1] == 0xFF) {
            return 0;
        } else {
            tally_pair(t, s[i], s[i + 1]);
        }
        i += bytes;
    }
    return 1;
}

/* 1: all of it are characters that have a meaning, none of them of the user's own. */
static int is_assigned(const char *s, size_t n, const char *name, int whole)
{
    iconv_t way = iconv_open("UTF-8", name);
    size_t failed = 0;
    char *in = (char *)(uintptr_t)s; /* which iconv does not write to */
    if (way == (iconv_t)-1) {
        return 0;
    }
    while (n && !failed) {
        char out[4096], *to = out;
        size_t room = sizeof out;
        const size_t before = n;
        iconv(way, &in, &n, &to, &room);
        failed = n == before && !(n < 4 && !whole);
        for (const char *c = out; c < to; c++) {
            const unsigned char a = (unsigned char)c[0];
            failed |= a == 0xEE || (a == 0xEF && (unsigned char)c[1] < 0xA4);
        }
        if (n == before) {
            break;
        }
    }
    iconv_close(way);
    return !failed;
}

/* What Chinese is written with: nearly all in GB 2312, most of it common; no kana, which are Japanese; and of many
 * characters not all in the first half, where those of Korean lie. */
static int is_gb(const char *s, size_t n, int whole)
{
    gb_tally t = {0};
    return tally_gb((const unsigned char *)s, n, whole, &t) && t.all >= 2 && t.first > 0 &&
           (t.first + t.second + t.signs) * 10 >= t.all * 9 && t.first * 10 >= (t.first + t.second) * 8 &&
           t.kana * 10 <= t.all && (t.distinct < 16 || t.later) && is_assigned(s, n, "GB18030", whole);
}

/* ---- Windows-1252 ------------------------------------------------------------------ */

enum { ODD, LETTER, SIGN, INNER }; /* INNER: a sign that may well stand within a word */

/* What a byte from 0x80 on is. Odd are those that are nothing, and letters that stand for others in the code pages of
 * Windows, DOS and the Macintosh far more often than for themselves. */
static int class_of(unsigned char c)
{
    static const char odd[] = "\x81\x8A\x8D\x8E\x8F\x90\x9A\x9D\x9E\xD0\xDD\xDE\xF0\xFD\xFE";
    static const char letters[] = "\x8C\x9C\x9F";
    static const char inner[] = "\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xAB\xAD\xB7\xBB";
    if (strchr(odd, (char)c)) {
        return ODD;
    }
    if (strchr(inner, (char)c)) {
        return INNER;
    }
    return strchr(letters, (char)c) || (c >= 0xC0 && c != 0xD7 && c != 0xF7) ? LETTER : SIGN;
}

/* What the West of Europe is written with: letters with accents, one or two at a time, most of them beside plain
 * ones, and signs, which do not stand between two letters. */
static int is_western(const unsigned char *s, size_t n, unsigned char before)
{
    size_t letters = 0, beside = 0, money = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        const unsigned char prev = i ? s[i - 1] : before, next = i + 1 < n ? s[i + 1] : '\n';
        if (s[i] < 0x80) {
            run = 0;
            continue;
        }
        const int is = class_of(s[i]);
        run = is == INNER ? 0 : run + 1;
        if (is == ODD || run > 2 || (is == SIGN && tsl__is_letter((char)prev) && tsl__is_letter((char)next))) {
            return 0;
        }
        letters += is == LETTER;
        beside += is == LETTER && (tsl__is_letter((char)prev) || tsl__is_letter((char)next));
        money += (s[i] == 0x80 || s[i] == 0xA3) && (tsl__is_digit((char)prev) || tsl__is_digit((char)next));
    }
    return beside + money > 0 && beside * 2 >= letters;
}

/* ---- All of them ---------------------------------------------------------------------- */

tsl__encoding_found tsl__encoding_judge(const char *s, size_t n, char before, int whole)
{
    const utf8_tally utf8 = tally_utf8(s, n, whole);
    if (utf8.bad == 0) {
        return (tsl__encoding_found){TSL_ENCODING_UTF8, 0};
    }
    if (utf8.good >= utf8.bad && utf8.bits >= 12) {
        return (tsl__encoding_found){TSL_ENCODING_UTF8, 1};
    }
    const int gb = is_gb(s, n, whole), western = is_western((const unsigned char *)s, n, (unsigned char)before);
    return gb && western ? (tsl__encoding_found){TSL_ENCODING_AUTO, 0}
           : gb          ? (tsl__encoding_found){TSL_ENCODING_GB18030, 0}
           : western     ? (tsl__encoding_found){TSL_ENCODING_WINDOWS1252, 0}
                         : (tsl__encoding_found){TSL_ENCODING_UTF8, 1};
}
