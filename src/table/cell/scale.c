/* scale.c: the words that multiply. */
#include "table/cell/scale.h"

#include <string.h>

#include "base/text.h"
#include "table/cell/currency.h"

typedef enum kind {
    NUMERAL, /* whatever follows */
    PREFIX,  /* nothing or a currency follows: 千克 is no thousand */
    EXACT,   /* a word in this case alone: m is no million */
    WORD     /* a word in either case */
} kind;

/* The longer one stands before its beginning. */
static const struct scale {
    const char *word;
    int power;
    kind kind;
} scales[] = {
    {"百万", 6, NUMERAL},
    {"千万", 7, NUMERAL},
    {"万亿", 12, NUMERAL},
    {"万", 4, NUMERAL},
    {"十万", 5, NUMERAL},
    {"十亿", 9, NUMERAL},
    {"百亿", 10, NUMERAL},
    {"千亿", 11, NUMERAL},
    {"仟", 3, PREFIX},
    {"萬", 4, NUMERAL},
    {"亿", 8, NUMERAL},
    {"億", 8, NUMERAL},
    {"백만", 6, NUMERAL},
    {"천만", 7, NUMERAL},
    {"십억", 9, NUMERAL},
    {"만", 4, NUMERAL},
    {"억", 8, NUMERAL},
    {"千", 3, PREFIX},
    {"천", 3, PREFIX},
    {"M", 6, EXACT},
    {"hundreds of thousands", 5, WORD},
    {"hundred thousand", 5, WORD},
    {"tens of thousands", 4, WORD},
    {"ten thousand", 4, WORD},
    {"hunderttausend", 5, WORD},
    {"hunderttausenden", 5, WORD},
    {"zehntausend", 4, WORD},
    {"zehntausenden", 4, WORD},
    {"tausenden", 3, WORD},
    {"centaines de milliers", 5, WORD},
    {"dizaines de milliers", 4, WORD},
    {"cientos de miles", 5, WORD},
    {"decenas de miles", 4, WORD},
    {"thousands", 3, WORD},
    {"thousand", 3, WORD},
    {"millions", 6, WORD},
    {"million", 6, WORD},
    {"billions", 9, WORD},
    {"billion", 9, WORD},
    {"k", 3, WORD},
    {"lakh", 5, WORD},
    {"crore", 7, WORD},
    {"lakhs", 5, WORD},
    {"crores", 7, WORD},
    {"lacs", 5, WORD},
    {"lac", 5, WORD},
    {"tausend", 3, WORD},
    {"millionen", 6, WORD},
    {"milliarden", 9, WORD},
    {"milliarde", 9, WORD},
    {"milliers", 3, WORD},
    {"millier", 3, WORD},
    {"milliards", 9, WORD},
    {"milliard", 9, WORD},
    {"millones", 6, WORD},
    {"millón", 6, WORD},
    {"millon", 6, WORD},
    {"mill.", 6, WORD},
    {"mn", 6, WORD},
    {"mln", 6, WORD},
    {"mio.", 6, WORD},
    {"mio", 6, WORD},
    {"bn", 9, WORD},
    {"mrd.", 9, WORD},
    {"mrd", 9, WORD},
    {"tsd.", 3, WORD},
    {"tsd", 3, WORD},
    {"тыс.", 3, EXACT},
    {"тыс", 3, EXACT},
    {"млн", 6, EXACT},
    {"млрд", 9, EXACT},
};

static int begins_with(tsl__span text, const struct scale *scale, size_t n)
{
    if (scale->kind != WORD) {
        return tsl__span_begins(text, scale->word, n);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == text.n || tsl__lower(text.s[i]) != scale->word[i]) {
            return 0;
        }
    }
    return 1;
}

/* May a scale of this kind stand before what is behind it? */
static int may_end(kind of, tsl__span behind)
{
    int currency, common;
    if (of == NUMERAL || behind.n == 0 || tsl__cell_trim(behind).s != behind.s ||
        tsl__span_begins(behind, "）", sizeof "）" - 1) || tsl__currency_find(behind, &currency, &common)) {
        return 1;
    }
    const char c = *behind.s;
    return of == PREFIX ? c == ')' : (unsigned char)c < 0x80 && !tsl__is_digit(c) && !tsl__is_lower(tsl__lower(c));
}

size_t tsl__scale_find(tsl__span text, int *power)
{
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        const size_t n = strlen(scales[i].word);
        if (begins_with(text, &scales[i], n) && may_end(scales[i].kind, (tsl__span){text.s + n, text.n - n})) {
            *power = scales[i].power;
            return n;
        }
    }
    return 0;
}
