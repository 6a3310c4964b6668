/* currency.c: the spellings of currencies. */
#include "table/cell/currency.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Classes first, which stand for those currencies that `classes` lists. */
enum {
    YEN_OR_YUAN = 1,
    DOLLAR,
    CROWN,
    RUPEE,
    CNY,
    JPY,
    USD,
    EUR,
    GBP,
    INR,
    KRW,
    RUB,
    CHF,
    SEK,
    NOK,
    DKK,
    ISK,
    PLN,
    CZK,
    HUF,
    RON,
    BGN,
    TRY,
    UAH,
    KZT,
    ILS,
    THB,
    VND,
    PHP,
    IDR,
    MYR,
    SGD,
    HKD,
    TWD,
    AUD,
    CAD,
    NZD,
    MXN,
    BRL,
    ARS,
    CLP,
    COP,
    ZAR,
    NGN,
    EGP,
    AED,
    SAR,
    PKR,
    LKR,
    NPR,
    CURRENCIES
};

static const char *const names[CURRENCIES] = {
    "",    "¥",   "$",   "kr",  "Rs",  "CNY", "JPY", "USD", "EUR", "GBP", "INR", "KRW", "RUB",
    "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "UAH", "KZT",
    "ILS", "THB", "VND", "PHP", "IDR", "MYR", "SGD", "HKD", "TWD", "AUD", "CAD", "NZD", "MXN",
    "BRL", "ARS", "CLP", "COP", "ZAR", "NGN", "EGP", "AED", "SAR", "PKR", "LKR", "NPR",
};

#define BIT(currency) (UINT64_C(1) << (currency))

static const uint64_t classes[CNY] = {
    [YEN_OR_YUAN] = BIT(CNY) | BIT(JPY),
    [DOLLAR] = BIT(USD) | BIT(SGD) | BIT(HKD) | BIT(TWD) | BIT(AUD) | BIT(CAD) | BIT(NZD) | BIT(MXN) | BIT(ARS) |
               BIT(CLP) | BIT(COP),
    [CROWN] = BIT(SEK) | BIT(NOK) | BIT(DKK) | BIT(ISK),
    [RUPEE] = BIT(INR) | BIT(PKR) | BIT(LKR) | BIT(NPR),
};

/* Which of them a bare sign may mean that stands in one column with it: who writes "C$20" or "20 CAD" beside "$10"
 * tells the one from the other. */
static const uint64_t beside[CNY] = {
    [YEN_OR_YUAN] = BIT(CNY) | BIT(JPY),
    [DOLLAR] = BIT(USD),
    [CROWN] = BIT(SEK) | BIT(NOK) | BIT(DKK) | BIT(ISK),
    [RUPEE] = BIT(INR) | BIT(PKR) | BIT(LKR) | BIT(NPR),
};

#define SPELLING(text, currency)                                                                                       \
    {                                                                                                                  \
        text, sizeof(text) - 1, (currency)                                                                             \
    }

/* Besides the codes themselves. The first that fits is taken: a longer one stands before its beginning. Not here:
 * what is a word or a unit as well (R, Fr, p, L, 分). */
static const struct spelling {
    char text[14];
    unsigned char bytes, currency;
} spellings[] = {
    SPELLING("$", DOLLAR),       SPELLING("€", EUR),          SPELLING("£", GBP),         SPELLING("¥", YEN_OR_YUAN),
    SPELLING("￥", YEN_OR_YUAN), SPELLING("元", CNY),         SPELLING("人民币", CNY),    SPELLING("RMB", CNY),
    SPELLING("CN¥", CNY),        SPELLING("CN￥", CNY),       SPELLING("JP¥", JPY),       SPELLING("日元", JPY),
    SPELLING("円", JPY),         SPELLING("yen", JPY),        SPELLING("yuan", CNY),      SPELLING("US$", USD),
    SPELLING("美元", USD),       SPELLING("euros", EUR),      SPELLING("euro", EUR),      SPELLING("欧元", EUR),
    SPELLING("英镑", GBP),       SPELLING("₹", INR),          SPELLING("Rs.", RUPEE),     SPELLING("Rs", RUPEE),
    SPELLING("₨", RUPEE),        SPELLING("₩", KRW),          SPELLING("￦", KRW),        SPELLING("원", KRW),
    SPELLING("韩元", KRW),       SPELLING("₽", RUB),        SPELLING("руб.", RUB),      SPELLING("руб", RUB),
    SPELLING("kr.", CROWN),      SPELLING("kr", CROWN),       SPELLING("zł", PLN),        SPELLING("Kč", CZK),
    SPELLING("Ft", HUF),         SPELLING("lei", RON),        SPELLING("лв.", BGN),       SPELLING("лв", BGN),
    SPELLING("₺", TRY),          SPELLING("TL", TRY),         SPELLING("₴", UAH),         SPELLING("грн", UAH),
    SPELLING("₸", KZT),          SPELLING("₪", ILS),          SPELLING("฿", THB),         SPELLING("₫", VND),
    SPELLING("đ", VND),          SPELLING("₱", PHP),          SPELLING("Rp", IDR),        SPELLING("RM", MYR),
    SPELLING("S$", SGD),         SPELLING("HK$", HKD),        SPELLING("港元", HKD),      SPELLING("港币", HKD),
    SPELLING("NT$", TWD),        SPELLING("新台币", TWD),     SPELLING("台币", TWD),      SPELLING("AU$", AUD),
    SPELLING("A$", AUD),         SPELLING("澳元", AUD),       SPELLING("CA$", CAD),       SPELLING("C$", CAD),
    SPELLING("加元", CAD),       SPELLING("NZ$", NZD),        SPELLING("MX$", MXN),       SPELLING("R$", BRL),
    SPELLING("₦", NGN),          SPELLING("dollars", DOLLAR), SPELLING("dollar", DOLLAR), SPELLING("＄", DOLLAR),
    SPELLING("￡", GBP),
};

#define COMMON 5 /* the first ones */

/* Does the text begin with the word, in either case, and not go on with a letter where that ends with one? */
static int begins_with(tsl__span text, const char *word, size_t n)
{
    if (text.n < n) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (tsl__lower(text.s[i]) != tsl__lower(word[i])) {
            return 0;
        }
    }
    return !tsl__is_letter(word[n - 1]) || text.n == n || !tsl__is_letter(text.s[n]);
}

size_t tsl__currency_find(tsl__span text, int *currency, int *common)
{
    if (!text.n) {
        return 0;
    }
    const char first = tsl__lower(text.s[0]);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        const size_t n = spellings[i].bytes;
        if (tsl__lower(spellings[i].text[0]) == first && begins_with(text, spellings[i].text, n)) {
            *currency = spellings[i].currency;
            *common = i < COMMON;
            return n;
        }
    }
    const int is_code = text.n >= 3 && tsl__is_letter(first) && tsl__is_letter(text.s[1]) &&
                        tsl__is_letter(text.s[2]) && !tsl__span_begins(text, "Sek", 3); /* German seconds */
    for (int i = CNY; i < CURRENCIES && is_code; i++) {
        if (begins_with(text, names[i], 3)) {
            *currency = i;
            *common = 0;
            return 3;
        }
    }
    return 0;
}

const char *tsl__currency_get_name(int currency)
{
    return names[currency];
}

uint64_t tsl__currency_get_fits(int currency)
{
    return currency == TSL__CURRENCY_NONE ? ~UINT64_C(0) : currency < CNY ? classes[currency] : BIT(currency);
}

int tsl__currency_is_beside(int a, int b)
{
    const uint64_t fits = tsl__currency_get_fits(a) & tsl__currency_get_fits(b);
    const int sign = a < b ? a : b; /* classes stand first */
    return a == b || !a || !b || (sign < CNY && (a < CNY) != (b < CNY) && (beside[sign] & fits));
}

/* Sorted. */
static const char codes[][4] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC",
    "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS",
    "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
    "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN",
    "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON",
    "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC",
    "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
};

static int compare_codes(const void *key, const void *code)
{
    return strcmp(key, code);
}

const char *tsl__currency_get_code(tsl__span text)
{
    char key[4] = "";
    for (size_t i = 0; i < text.n && text.n == 3; i++) {
        const char c = tsl__lower(text.s[i]);
        if (!tsl__is_lower(c)) {
            return NULL;
        }
        key[i] = (char)(c - 'a' + 'A');
    }
    return bsearch(key, codes, sizeof codes / sizeof *codes, sizeof *codes, compare_codes);
}
