/* unit_text.c: a text that is a unit. */
#include "table/cell/unit_text.h"

#include <string.h>

#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/scale.h"

/* Where a word is a unit. */
typedef enum places {
    ANYWHERE,  /* in brackets, and at the end where its kind is expected or nothing is */
    BRACKETS,  /* in brackets, and at the end where its kind is expected */
    EXPECTED,  /* where its kind is expected */
    INSIDE,    /* likewise, but in brackets and behind numbers alone */
    NUMBERS,   /* likewise, behind numbers alone */
    CHARACTERS /* like BRACKETS, and without a mark before it */
} places;

/* With the numerator 0: what it multiplies by is not the same everywhere. */

static const struct word {
    const char *text;
    tsl__unit_kind kind;
    places place;
    int64_t numerator, denominator;
    const char *currency; /* ISO code, or NULL */
} words[] = {
    {"ms", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"msec", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"msecs", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"millis", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"millisecond", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"milliseconds", TSL__UNIT_DURATION, ANYWHERE, 1, 60000, NULL},
    {"毫秒", TSL__UNIT_DURATION, CHARACTERS, 1, 60000, NULL},
    {"毫秒数", TSL__UNIT_DURATION, CHARACTERS, 1, 60000, NULL},
    {"millisekunden", TSL__UNIT_DURATION, BRACKETS, 1, 60000, NULL},
    {"millisecondes", TSL__UNIT_DURATION, BRACKETS, 1, 60000, NULL},
    {"milisegundos", TSL__UNIT_DURATION, BRACKETS, 1, 60000, NULL},
    {"msek", TSL__UNIT_DURATION, BRACKETS, 1, 60000, NULL},
    {"mseg", TSL__UNIT_DURATION, BRACKETS, 1, 60000, NULL},
    {"us", TSL__UNIT_DURATION, EXPECTED, 1, 60000000, NULL},
    {"µs", TSL__UNIT_DURATION, ANYWHERE, 1, 60000000, NULL},
    {"microseconds", TSL__UNIT_DURATION, ANYWHERE, 1, 60000000, NULL},
    {"微秒", TSL__UNIT_DURATION, CHARACTERS, 1, 60000000, NULL},
    {"ns", TSL__UNIT_DURATION, EXPECTED, 1, 60000000000, NULL},
    {"nanoseconds", TSL__UNIT_DURATION, ANYWHERE, 1, 60000000000, NULL},
    {"s", TSL__UNIT_DURATION, EXPECTED, 1, 60, NULL},
    {"sec", TSL__UNIT_DURATION, ANYWHERE, 1, 60, NULL},
    {"sec.", TSL__UNIT_DURATION, ANYWHERE, 1, 60, NULL},
    {"secs", TSL__UNIT_DURATION, ANYWHERE, 1, 60, NULL},
    {"second", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"seconds", TSL__UNIT_DURATION, ANYWHERE, 1, 60, NULL},
    {"秒", TSL__UNIT_DURATION, CHARACTERS, 1, 60, NULL},
    {"秒钟", TSL__UNIT_DURATION, CHARACTERS, 1, 60, NULL},
    {"秒数", TSL__UNIT_DURATION, CHARACTERS, 1, 60, NULL},
    {"秒鐘", TSL__UNIT_DURATION, CHARACTERS, 1, 60, NULL},
    {"sek", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"sek.", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"sekunde", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"sekunden", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"seconde", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"secondes", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"seg", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"seg.", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"segs", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"segundo", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"segundos", TSL__UNIT_DURATION, BRACKETS, 1, 60, NULL},
    {"min", TSL__UNIT_DURATION, EXPECTED, 1, 1, NULL},
    {"min.", TSL__UNIT_DURATION, EXPECTED, 1, 1, NULL},
    {"mins", TSL__UNIT_DURATION, ANYWHERE, 1, 1, NULL},
    {"minute", TSL__UNIT_DURATION, BRACKETS, 1, 1, NULL},
    {"minutes", TSL__UNIT_DURATION, ANYWHERE, 1, 1, NULL},
    {"minuten", TSL__UNIT_DURATION, BRACKETS, 1, 1, NULL},
    {"minuto", TSL__UNIT_DURATION, BRACKETS, 1, 1, NULL},
    {"minutos", TSL__UNIT_DURATION, BRACKETS, 1, 1, NULL},
    {"m", TSL__UNIT_DURATION, NUMBERS, 1, 1, NULL},
    {"分", TSL__UNIT_DURATION, EXPECTED, 1, 1, NULL},
    {"分钟", TSL__UNIT_DURATION, CHARACTERS, 1, 1, NULL},
    {"分钟数", TSL__UNIT_DURATION, CHARACTERS, 1, 1, NULL},
    {"分鐘", TSL__UNIT_DURATION, CHARACTERS, 1, 1, NULL},
    {"h", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"hr", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"hrs", TSL__UNIT_DURATION, ANYWHERE, 60, 1, NULL},
    {"hour", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"hours", TSL__UNIT_DURATION, ANYWHERE, 60, 1, NULL},
    {"小时", TSL__UNIT_DURATION, CHARACTERS, 60, 1, NULL},
    {"小时数", TSL__UNIT_DURATION, CHARACTERS, 60, 1, NULL},
    {"小時", TSL__UNIT_DURATION, CHARACTERS, 60, 1, NULL},
    {"个小时", TSL__UNIT_DURATION, CHARACTERS, 60, 1, NULL},
    {"钟头", TSL__UNIT_DURATION, CHARACTERS, 60, 1, NULL},
    {"时", TSL__UNIT_DURATION, INSIDE, 60, 1, NULL},
    {"h.", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"hs", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"std", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"std.", TSL__UNIT_DURATION, EXPECTED, 60, 1, NULL},
    {"stunde", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"stunden", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"heure", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"heures", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"hora", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"horas", TSL__UNIT_DURATION, BRACKETS, 60, 1, NULL},
    {"d", TSL__UNIT_DURATION, EXPECTED, 1440, 1, NULL},
    {"day", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"days", TSL__UNIT_DURATION, ANYWHERE, 1440, 1, NULL},
    {"天", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"天数", TSL__UNIT_DURATION, CHARACTERS, 1440, 1, NULL},
    {"日", TSL__UNIT_DURATION, EXPECTED, 1440, 1, NULL},
    {"j", TSL__UNIT_DURATION, INSIDE, 1440, 1, NULL},
    {"tag", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"tage", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"tagen", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"jour", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"jours", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"dia", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"dias", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"día", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"días", TSL__UNIT_DURATION, BRACKETS, 1440, 1, NULL},
    {"week", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"weeks", TSL__UNIT_DURATION, ANYWHERE, 10080, 1, NULL},
    {"周", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"woche", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"wochen", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"semaine", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"semaines", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"semana", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"semanas", TSL__UNIT_DURATION, BRACKETS, 10080, 1, NULL},
    {"cent", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"cents", TSL__UNIT_MONEY, ANYWHERE, 1, 100, NULL},
    {"¢", TSL__UNIT_MONEY, ANYWHERE, 1, 100, NULL},
    {"centime", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"centimes", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"céntimo", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"céntimos", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"centimo", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"centimos", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"centavo", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"centavos", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"c", TSL__UNIT_MONEY, NUMBERS, 1, 100, NULL},
    {"ct", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"cts", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"ct.", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"cts.", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"eurocent", TSL__UNIT_MONEY, BRACKETS, 1, 100, "EUR"},
    {"eurocents", TSL__UNIT_MONEY, BRACKETS, 1, 100, "EUR"},
    {"us cents", TSL__UNIT_MONEY, BRACKETS, 1, 100, "USD"},
    {"centesimi", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"cêntimos", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"hundredths", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"kopeck", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopecks", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopek", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopeks", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopeyka", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopiyka", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"kopiykas", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"коп", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"коп.", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"копейки", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"копейках", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"копеек", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"öre", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"øre", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"grosz", TSL__UNIT_MONEY, BRACKETS, 1, 100, "PLN"},
    {"grosze", TSL__UNIT_MONEY, BRACKETS, 1, 100, "PLN"},
    {"groszy", TSL__UNIT_MONEY, BRACKETS, 1, 100, "PLN"},
    {"haléř", TSL__UNIT_MONEY, BRACKETS, 1, 100, "CZK"},
    {"haléře", TSL__UNIT_MONEY, BRACKETS, 1, 100, "CZK"},
    {"haléřů", TSL__UNIT_MONEY, BRACKETS, 1, 100, "CZK"},
    {"kuruş", TSL__UNIT_MONEY, BRACKETS, 1, 100, "TRY"},
    {"kurus", TSL__UNIT_MONEY, BRACKETS, 1, 100, "TRY"},
    {"bani", TSL__UNIT_MONEY, EXPECTED, 1, 100, "RON"},
    {"stotinki", TSL__UNIT_MONEY, BRACKETS, 1, 100, "BGN"},
    {"fillér", TSL__UNIT_MONEY, BRACKETS, 1, 100, "HUF"},
    {"agorot", TSL__UNIT_MONEY, BRACKETS, 1, 100, "ILS"},
    {"satang", TSL__UNIT_MONEY, BRACKETS, 1, 100, "THB"},
    {"kobo", TSL__UNIT_MONEY, EXPECTED, 1, 100, "NGN"},
    {"sen", TSL__UNIT_MONEY, EXPECTED, 1, 100, NULL},
    {"halala", TSL__UNIT_MONEY, BRACKETS, 1, 100, "SAR"},
    {"halalas", TSL__UNIT_MONEY, BRACKETS, 1, 100, "SAR"},
    {"piastres", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"fils", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"millimes", TSL__UNIT_MONEY, BRACKETS, 1, 1000, NULL},
    {"rappen", TSL__UNIT_MONEY, BRACKETS, 1, 100, "CHF"},
    {"paise", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"paisa", TSL__UNIT_MONEY, BRACKETS, 1, 100, NULL},
    {"minor units", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"minor unit", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"minor", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"subunits", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"cr", TSL__UNIT_MONEY, INSIDE, 0, 1, NULL},
    {"cr.", TSL__UNIT_MONEY, INSIDE, 0, 1, NULL},
    {"b", TSL__UNIT_MONEY, INSIDE, 0, 1, NULL},
    {"mm", TSL__UNIT_MONEY, EXPECTED, 0, 1, NULL},
    {"tkr", TSL__UNIT_MONEY, EXPECTED, 1000, 1, NULL},
    {"mkr", TSL__UNIT_MONEY, EXPECTED, 1000000, 1, NULL},
    {"t", TSL__UNIT_MONEY, INSIDE, 0, 1, NULL},
    {"m", TSL__UNIT_MONEY, NUMBERS, 0, 1, NULL},
    {"pence", TSL__UNIT_MONEY, ANYWHERE, 1, 100, "GBP"},
    {"penny", TSL__UNIT_MONEY, BRACKETS, 1, 100, "GBP"},
    {"pennies", TSL__UNIT_MONEY, BRACKETS, 1, 100, "GBP"},
    {"p", TSL__UNIT_MONEY, INSIDE, 1, 100, "GBP"},
    {"fen", TSL__UNIT_MONEY, BRACKETS, 1, 100, "CNY"},
    {"分", TSL__UNIT_MONEY, EXPECTED, 1, 100, "CNY"},
    {"角", TSL__UNIT_MONEY, EXPECTED, 1, 10, "CNY"},
    {"jiao", TSL__UNIT_MONEY, INSIDE, 1, 10, "CNY"},
    {"毛", TSL__UNIT_MONEY, NUMBERS, 1, 10, "CNY"},
    {"micros", TSL__UNIT_MONEY, EXPECTED, 1, 1000000, NULL},
    {"%", TSL__UNIT_SHARE, CHARACTERS, 1, 100, NULL},
    {"％", TSL__UNIT_SHARE, CHARACTERS, 1, 100, NULL},
    {"pct", TSL__UNIT_SHARE, ANYWHERE, 1, 100, NULL},
    {"percent", TSL__UNIT_SHARE, ANYWHERE, 1, 100, NULL},
    {"percentage", TSL__UNIT_SHARE, ANYWHERE, 1, 100, NULL},
    {"prozent", TSL__UNIT_SHARE, BRACKETS, 1, 100, NULL},
    {"pourcentage", TSL__UNIT_SHARE, BRACKETS, 1, 100, NULL},
    {"porcentaje", TSL__UNIT_SHARE, BRACKETS, 1, 100, NULL},
    {"百分比", TSL__UNIT_SHARE, CHARACTERS, 1, 100, NULL},
    {"‰", TSL__UNIT_SHARE, CHARACTERS, 1, 1000, NULL},
    {"bps", TSL__UNIT_SHARE, EXPECTED, 1, 10000, NULL},
    {"000", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"'000", TSL__UNIT_SCALE, BRACKETS, 1000, 1, NULL},
    {"000s", TSL__UNIT_SCALE, BRACKETS, 1000, 1, NULL},
    {"'000s", TSL__UNIT_SCALE, BRACKETS, 1000, 1, NULL},
    {"mil", TSL__UNIT_SCALE, EXPECTED, 0, 1, NULL}, /* a million, or a thousand in Spanish */
    {"hundred", TSL__UNIT_SCALE, EXPECTED, 100, 1, NULL},
    {"hundreds", TSL__UNIT_SCALE, EXPECTED, 100, 1, NULL},
    {"百", TSL__UNIT_SCALE, EXPECTED, 100, 1, NULL},
    {"thous", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"thous.", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"thsd", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"ths", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"tys", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"tys.", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"tis.", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"tusen", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"migliaia", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"milhares", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"duizend", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"mill", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"milioni", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"milhões", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"milhoes", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"miljoen", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"miljoner", TSL__UNIT_SCALE, EXPECTED, 1000000, 1, NULL},
    {"mld", TSL__UNIT_SCALE, EXPECTED, 1000000000, 1, NULL},
    {"mld.", TSL__UNIT_SCALE, EXPECTED, 1000000000, 1, NULL},
    {"miliardi", TSL__UNIT_SCALE, EXPECTED, 1000000000, 1, NULL},
    {"dozen", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL}, /* twelve pieces, or what a price is for */
    {"dozens", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"doz", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"doz.", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"dz", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"dz.", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"dutzend", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"douzaine", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"douzaines", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"docena", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"docenas", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"打", TSL__UNIT_COUNT, EXPECTED, 0, 1, NULL},
    {"miles", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
    {"mille", TSL__UNIT_SCALE, EXPECTED, 1000, 1, NULL},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The byte as a small letter, also the second one of a letter with an accent: É is é. */
static char lower_at(const char *s, size_t i)
{
    const unsigned char c = (unsigned char)s[i];
    return i && (unsigned char)s[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E ? (char)(c + 0x20) : tsl__lower(s[i]);
}

int tsl__unit_text_is(tsl__span text, const char *word)
{
    size_t i = 0;
    while (i < text.n && word[i] && lower_at(text.s, i) == lower_at(word, i)) {
        i++;
    }
    return i == text.n && !word[i];
}

static int is_taken(places place, tsl__unit_kind kind, tsl__unit_stand how, tsl__unit_kind expected)
{
    const int alone =
        how == TSL__UNIT_IN_BRACKETS || how == TSL__UNIT_BEHIND_NUMBER; /* nothing but a unit stands there */
    if (expected == kind || (kind == TSL__UNIT_SCALE && (expected == TSL__UNIT_MONEY || expected == TSL__UNIT_COUNT))) {
        return place == CHARACTERS || (place == NUMBERS  ? how == TSL__UNIT_BEHIND_NUMBER
                                       : place == INSIDE ? alone
                                                         : how != TSL__UNIT_GLUED);
    }
    return alone ? place != EXPECTED && place != INSIDE && place != NUMBERS
                 : how == TSL__UNIT_BEHIND_MARK && !expected && place == ANYWHERE;
}

static int find_word(tsl__span text, tsl__unit_stand how, tsl__unit_kind expected, tsl__unit *out)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        const struct word *w = &words[i];
        if (tsl__unit_text_is(text, w->text) && is_taken(w->place, w->kind, how, expected)) {
            int common;
            out->kind = w->kind;
            out->numerator = w->numerator;
            out->denominator = w->denominator;
            if (w->currency) {
                tsl__currency_find(tsl__span_make(w->currency), &out->currency, &common);
            }
            return 1;
        }
    }
    return 0;
}

static tsl__span skip(tsl__span text, size_t n)
{
    return tsl__cell_trim((tsl__span){text.s + n, text.n - n});
}

/* "1000", "1.000", "1'000'000" before a currency, or before an s: its bytes. */
static size_t find_power(tsl__span text, int *power)
{
    size_t n = text.n && *text.s == '1';
    int currency, common;
    for (*power = 0; n && n < text.n && strchr("0.,' ", text.s[n]) && text.s[n]; n++) {
        *power += text.s[n] == '0';
    }
    const tsl__span rest = skip(text, n);
    return *power >= 3 && *power <= 9 && rest.n &&
                   (tsl__unit_text_is(rest, "s") || tsl__currency_find(rest, &currency, &common) == rest.n)
               ? n + (tsl__unit_text_is(rest, "s") ? 1 : 0)
               : 0;
}

static int is_before_currency(tsl__span text, size_t n)
{
    int currency, common;
    return tsl__currency_find((tsl__span){text.s + n, text.n - n}, &currency, &common) > 0;
}

/* 十元, 百元: of numbers in cells they are none. */
static size_t find_few(tsl__span text, int *power)
{
    static const char *const few[] = {"十", "百", "拾", "佰"};
    for (size_t i = 0; i < COUNT(few); i++) {
        const size_t n = strlen(few[i]);
        if (tsl__span_begins(text, few[i], n) && is_before_currency(text, n)) {
            *power = 1 + (int)(i % 2);
            return n;
        }
    }
    return 0;
}

/* Letters that multiply beside a currency, which stands before the text (or 0) or behind the letter: $m, mEUR, T€, w元.
 * A bare t behind one is none: EUR t. */
static size_t find_letter(tsl__span text, int currency, int *power)
{
    static const struct {
        char letter;
        int power, may_end;
        const char *currency; /* of which alone; or NULL */
    } letters[] = {{'m', 6, 1, NULL}, {'T', 3, 0, NULL}, {'t', 3, 0, NULL}, {'w', 4, 1, "CNY"}, {'W', 4, 1, "CNY"}};
    int beside = currency, only = TSL__CURRENCY_NONE, common;
    size_t i = 0;
    while (i < COUNT(letters) && (!text.n || *text.s != letters[i].letter)) {
        i++;
    }
    if (i == COUNT(letters) || (currency && !(letters[i].may_end && text.n == 1)) ||
        (!currency && !tsl__currency_find((tsl__span){text.s + 1, text.n - 1}, &beside, &common))) {
        return 0;
    }
    if (letters[i].currency) {
        tsl__currency_find(tsl__span_make(letters[i].currency), &only, &common);
    }
    *power = letters[i].power;
    return tsl__currency_get_fits(beside) & tsl__currency_get_fits(only) ? 1 : 0;
}

/* A power of ten that the text begins with: 万, k, 000, 1000; letters beside a currency, which stands before the text
 * (or 0), or behind the letter. Its bytes. */
static size_t find_scale(tsl__span text, int currency, int *power)
{
    const size_t digits = find_power(text, power);
    if (digits) {
        return digits;
    }
    if (tsl__span_begins(text, "'000", 4) || tsl__span_begins(text, "000", 3)) {
        *power = 3;
        return text.s[0] == '0' ? 3 : 4;
    }
    size_t n = tsl__scale_find(text, power);
    n = n ? n : find_letter(text, currency, power);
    return n ? n : find_few(text, power);
}

/* What is behind the one of the words that the text begins with. */
static tsl__span drop_word(tsl__span text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t n = strlen(list[i]);
        if (text.n > n && tsl__unit_text_is((tsl__span){text.s, n}, list[i])) {
            return skip(text, n);
        }
    }
    return text;
}

/* Without the word that joins a scale and a currency: "Rs. in crores", "miles de euros", "milliers d'euros". */
static tsl__span drop_joint(tsl__span text)
{
    static const char *const joints[] = {"in ", "en ", "de ", "di ", "of ", "d'", "d’"};
    return drop_word(text, joints, COUNT(joints));
}

/* "miles de euros": thousands where money is meant, and not a distance. */
static size_t find_thousand(tsl__span text, tsl__unit_kind expected, int *power)
{
    static const char *const list[] = {"miles ", "mil ", "mille "};
    const tsl__span rest = expected == TSL__UNIT_MONEY ? drop_word(text, list, COUNT(list)) : text;
    *power = rest.n < text.n ? 3 : *power;
    return text.n - rest.n;
}

static int is_multiple(tsl__span text, int currency)
{
    tsl__unit word = {.numerator = 1};
    int power;
    return find_scale(text, currency, &power) == text.n ||
           (find_word(text, TSL__UNIT_IN_BRACKETS, TSL__UNIT_MONEY, &word) && word.kind != TSL__UNIT_DURATION &&
            word.kind != TSL__UNIT_SHARE);
}

/* The currency that the text begins with; also where a scale is glued to its letters: USDk, EURm. Its bytes. */
static size_t find_currency(tsl__span text, int *currency)
{
    int common;
    const size_t whole = tsl__currency_find(text, currency, &common);
    for (size_t n = 3; n < text.n && !whole; n++) {
        if (tsl__currency_find((tsl__span){text.s, n}, currency, &common) == n &&
            is_multiple((tsl__span){text.s + n, text.n - n}, *currency)) {
            return n;
        }
    }
    return whole;
}

/* A word of money beside a currency, on either side: "USD cents", "centimes d'euro", $mm, "Rs Cr", $000s. */
static int find_word_of(tsl__span text, tsl__unit_stand how, tsl__unit_kind expected, tsl__unit *out)
{
    const tsl__unit_stand alone = expected == TSL__UNIT_MONEY ? TSL__UNIT_IN_BRACKETS : how;
    const char *blank = text.n ? memchr(text.s, ' ', text.n) : NULL;
    int currency, common;
    size_t n = find_currency(text, &currency);
    tsl__span word = drop_joint(skip(text, n));
    if (!n && blank) {
        const tsl__span rest = drop_joint(skip(text, (size_t)(blank - text.s)));
        word.n = (size_t)(blank - text.s);
        n = tsl__currency_find(rest, &currency, &common) == rest.n ? rest.n : 0;
    }
    if (!n || !word.n || !find_word(word, alone, expected, out) ||
        (out->kind != TSL__UNIT_MONEY && out->kind != TSL__UNIT_SCALE)) {
        return 0;
    }
    out->kind = TSL__UNIT_MONEY;
    out->currency = currency;
    return 1;
}

/* The currency may stand on both sides of a scale: RMB万元. */
static size_t find_again(tsl__span text, int currency)
{
    int again, common;
    const size_t n = tsl__currency_find(text, &again, &common);
    const int same = n && n == text.n && (tsl__currency_get_fits(again) & tsl__currency_get_fits(currency)) != 0;
    return same ? n : 0;
}

/* A currency, a scale, or both in either order: USD, 万元, k€, "USD thousands", $m. */
static int find_money(tsl__span text, tsl__unit_stand how, tsl__unit_kind expected, tsl__unit *out)
{
    int power = 0, currency = TSL__CURRENCY_NONE, common;
    size_t scale = 0, n = find_currency(text, &currency);
    tsl__span rest = skip(text, n);
    if (n && rest.n) {
        rest = drop_joint(rest);
        scale = find_scale(rest, currency, &power);
        scale = scale ? scale : find_thousand(rest, expected, &power);
        rest = skip(rest, scale);
        rest = scale ? skip(rest, find_again(rest, currency)) : rest;
    } else if (!n) {
        scale = find_scale(text, TSL__CURRENCY_NONE, &power);
        scale = scale ? scale : find_thousand(text, expected, &power);
        rest = drop_joint(skip(text, scale));
        n = scale && rest.n ? tsl__currency_find(rest, &currency, &common) : 0;
        rest = skip(rest, n);
    }
    const tsl__unit_kind kind = n ? TSL__UNIT_MONEY : TSL__UNIT_SCALE;
    const int is_letter = !n && text.n == 1; /* k, M */
    const int is_word = (unsigned char)text.s[0] < 0x80;
    if (rest.n || !(n || scale) ||
        !is_taken(is_letter                     ? (expected == TSL__UNIT_COUNT ? INSIDE : EXPECTED)
                  : !is_word && (n || expected) ? CHARACTERS
                                                : BRACKETS,
                  kind, how, expected)) {
        return 0;
    }
    out->kind = kind;
    out->currency = currency;
    out->numerator = is_letter && expected == TSL__UNIT_COUNT ? 0 : (int64_t)tsl__tens[power]; /* M may be a size */
    out->denominator = 1;
    return 1;
}

/* The noun that a text of so many things ends with: its bytes. */
static size_t find_counted(tsl__span text)
{
    static const char *const counted[] = {
        "件",    "个",    "個",    "只",     "台",  "套",   "张",     "本",     "双",       "条",    "支",     "瓶",
        "盒",    "箱",    "包",    "袋",     "份",  "pcs",  "pcs.",   "pc",     "pc.",      "piece", "pieces", "unit",
        "units", "items", "stück", "stueck", "stk", "stk.", "pièces", "unités", "unidades", "uds",   "piezas"};
    for (size_t i = 0; i < COUNT(counted); i++) {
        const size_t n = strlen(counted[i]);
        if (text.n > n && tsl__unit_text_is((tsl__span){text.s + text.n - n, n}, counted[i])) {
            return n;
        }
    }
    return 0;
}

/* A power of ten of what is counted: 万件, "thousand units", "1000 pcs"; "12 pcs" may be what a price is for. */
static int find_count(tsl__span text, tsl__unit_kind expected, tsl__unit *out)
{
    const size_t noun = expected == TSL__UNIT_COUNT ? find_counted(text) : 0;
    const tsl__span head = tsl__cell_trim((tsl__span){text.s, text.n - noun});
    int power = 0;
    if (!noun || !head.n) {
        return 0;
    }
    if (tsl__is_digit(*head.s)) {
        while (power < 9 && (size_t)power + 1 < head.n && head.s[power + 1] == '0') {
            power++;
        }
        out->numerator = *head.s == '1' && (size_t)power + 1 == head.n ? (int64_t)tsl__tens[power] : 0;
    } else if (find_scale(head, TSL__CURRENCY_NONE, &power) == head.n) {
        out->numerator = (int64_t)tsl__tens[power];
    } else if (!find_word(head, TSL__UNIT_IN_BRACKETS, expected, out) || out->kind != TSL__UNIT_SCALE) {
        return 0;
    }
    out->kind = TSL__UNIT_COUNT;
    out->denominator = 1;
    return 1;
}

/* Of "in thousands", "单位：元" what is behind the first word. */
static tsl__span drop_lead(tsl__span text)
{
    static const char *const leads[] = {"in ",     "en ",    "unit:",   "unit ",  "einheit:", "einheit ",
                                        "unité :", "unité:", "unidad:", "单位：", "单位:",    "单位"};
    return drop_word(text, leads, COUNT(leads));
}

/* 万元含税, 含税万元: without what is said of taxes, where something is left. */
static tsl__span drop_tax(tsl__span text)
{
    static const char *const taxes[] = {"不含税", "含税", "未税", "税前", "税后"};
    const tsl__span rest = drop_word(text, taxes, COUNT(taxes));
    for (size_t i = 0; i < COUNT(taxes); i++) {
        const size_t n = strlen(taxes[i]);
        if (rest.n > n && tsl__span_ends(rest, taxes[i])) {
            return tsl__cell_trim((tsl__span){rest.s, rest.n - n});
        }
    }
    return rest;
}

int tsl__unit_text_read(tsl__span text, tsl__unit_stand how, tsl__unit_kind expected, tsl__unit *out)
{
    if (how != TSL__UNIT_GLUED) {
        text = drop_lead(text);
    }
    text = drop_tax(text);
    if (!text.n || text.n > TSL__UNIT_BYTES_MOST) {
        return 0;
    }
    const char *slash =
        how == TSL__UNIT_IN_BRACKETS || how == TSL__UNIT_BEHIND_NUMBER ? memchr(text.s, '/', text.n) : NULL;
    const tsl__span whole = text;
    if (slash && slash > text.s) {
        text = tsl__cell_trim((tsl__span){text.s, (size_t)(slash - text.s)});
    }
    if (!text.n || (!find_word(text, how, expected, out) && !find_word_of(text, how, expected, out) &&
                    !find_count(text, expected, out) && !find_money(text, how, expected, out))) {
        return 0;
    }
    out->text = text;
    out->per = slash ? skip(whole, (size_t)(slash + 1 - whole.s)) : (tsl__span){whole.s + whole.n, 0};
    return 1;
}
