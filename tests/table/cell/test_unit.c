/* test_unit.c: unit.c, unit_text.c: units in the names of columns, and names that only look as if they had one. */
#include "table/cell/unit.h"

#include "help.h"
#include "table/cell/currency.h"

enum { ANY = TSL__UNIT_ANY, DURATION = TSL__UNIT_DURATION, MONEY = TSL__UNIT_MONEY, SHARE = TSL__UNIT_SHARE };
enum { SCALE = TSL__UNIT_SCALE };

static void test_units(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        int expected, kind;
        int64_t numerator, denominator;
        const char *currency, *text, *name;
    } cases[] = {
        {"停留时长（秒）", ANY, DURATION, 1, 60, "", "秒", "停留时长"},
        {"duration (ms)", ANY, DURATION, 1, 60000, "", "ms", "duration"},
        {"duration_ms", ANY, DURATION, 1, 60000, "", "ms", "duration"},
        {"durationMs", ANY, DURATION, 1, 60000, "", "Ms", "duration"},
        {"Duration / ms", DURATION, DURATION, 1, 60000, "", "ms", "Duration"},
        {"Dauer, s", DURATION, DURATION, 1, 60, "", "s", "Dauer"},
        {"session_seconds", ANY, DURATION, 1, 60, "", "seconds", "session"},
        {"session.seconds", ANY, DURATION, 1, 60, "", "seconds", "session"},
        {"Time on site (sec.)", ANY, DURATION, 1, 60, "", "sec.", "Time on site"},
        {"time in seconds", ANY, DURATION, 1, 60, "", "seconds", "time"},
        {"duration [s]", DURATION, DURATION, 1, 60, "", "s", "duration"},
        {"duration_min", DURATION, DURATION, 1, 1, "", "min", "duration"},
        {"duration (hours)", ANY, DURATION, 60, 1, "", "hours", "duration"},
        {"stay_days", ANY, DURATION, 1440, 1, "", "days", "stay"},
        {"停留时长（分）", DURATION, DURATION, 1, 1, "", "分", "停留时长"},
        {"停留时长【分钟】", ANY, DURATION, 1, 1, "", "分钟", "停留时长"},
        {"停留秒数", DURATION, DURATION, 1, 60, "", "秒数", "停留"},
        {"停留时长秒", DURATION, DURATION, 1, 60, "", "秒", "停留时长"},
        {"金额（万元）", ANY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"金额(元)", ANY, MONEY, 1, 1, "CNY", "元", "金额"},
        {"金额（分）", MONEY, MONEY, 1, 100, "CNY", "分", "金额"},
        {"金额（亿元）", ANY, MONEY, 100000000, 1, "CNY", "亿元", "金额"},
        {"金额（千美元）", ANY, MONEY, 1000, 1, "USD", "千美元", "金额"},
        {"金额（单位：万元）", ANY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"金额万元", MONEY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"金额_万元", MONEY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"收入千元", MONEY, MONEY, 1000, 1, "CNY", "千元", "收入"},
        {"金额（元）(含税)", MONEY, MONEY, 1, 1, "CNY", "元", "金额"},
        {"金额（元）合计", MONEY, MONEY, 1, 1, "CNY", "元", "金额（元）合计"},
        {"amount (cents)", ANY, MONEY, 1, 100, "", "cents", "amount"},
        {"amount_cents", ANY, MONEY, 1, 100, "", "cents", "amount"},
        {"amountCents", ANY, MONEY, 1, 100, "", "Cents", "amount"},
        {"amount_in_cents", ANY, MONEY, 1, 100, "", "cents", "amount"},
        {"amount (in cents)", ANY, MONEY, 1, 100, "", "cents", "amount"},
        {"fee (pence)", ANY, MONEY, 1, 100, "GBP", "pence", "fee"},
        {"cost_micros", MONEY, MONEY, 1, 1000000, "", "micros", "cost"},
        {"amount_usd", MONEY, MONEY, 1, 1, "USD", "usd", "amount"},
        {"amountEUR", MONEY, MONEY, 1, 1, "EUR", "EUR", "amount"},
        {"price (€)", ANY, MONEY, 1, 1, "EUR", "€", "price"},
        {"income (k€)", ANY, MONEY, 1000, 1, "EUR", "k€", "income"},
        {"revenue ($m)", ANY, MONEY, 1000000, 1, "$", "$m", "revenue"},
        {"revenue ($000)", ANY, MONEY, 1000, 1, "$", "$000", "revenue"},
        {"amount (USD thousands)", ANY, MONEY, 1000, 1, "USD", "USD thousands", "amount"},
        {"amount_usd_thousands", MONEY, MONEY, 1000, 1, "USD", "usd_thousands", "amount"},
        {"年收入（万）", ANY, SCALE, 10000, 1, "", "万", "年收入"},
        {"revenue (thousands)", ANY, SCALE, 1000, 1, "", "thousands", "revenue"},
        {"revenue ('000)", ANY, SCALE, 1000, 1, "", "'000", "revenue"},
        {"income (k)", MONEY, SCALE, 1000, 1, "", "k", "income"},
        {"revenue (in millions)", MONEY, SCALE, 1000000, 1, "", "millions", "revenue"},
        {"Importe (céntimos)", MONEY, MONEY, 1, 100, "", "céntimos", "Importe"},
        {"IMPORTE (CÉNTIMOS)", MONEY, MONEY, 1, 100, "", "CÉNTIMOS", "IMPORTE"},
        {"montant (centimes)", MONEY, MONEY, 1, 100, "", "centimes", "montant"},
        {"montant (centimes d'euro)", MONEY, MONEY, 1, 100, "EUR", "centimes d'euro", "montant"},
        {"Montant (milliers)", MONEY, SCALE, 1000, 1, "", "milliers", "Montant"},
        {"Montant (milliers d'euros)", MONEY, MONEY, 1000, 1, "EUR", "milliers d'euros", "Montant"},
        {"Montant (en milliards)", MONEY, SCALE, 1000000000, 1, "", "milliards", "Montant"},
        {"Importe (miles)", MONEY, SCALE, 1000, 1, "", "miles", "Importe"},
        {"Importe (miles de €)", MONEY, MONEY, 1000, 1, "EUR", "miles de €", "Importe"},
        {"Ingresos (millones)", MONEY, SCALE, 1000000, 1, "", "millones", "Ingresos"},
        {"Umsatz TEUR", MONEY, MONEY, 1000, 1, "EUR", "TEUR", "Umsatz"},
        {"Umsatz in TEUR", MONEY, MONEY, 1000, 1, "EUR", "TEUR", "Umsatz"},
        {"Umsatz (T€)", MONEY, MONEY, 1000, 1, "EUR", "T€", "Umsatz"},
        {"Umsatz (TCHF)", MONEY, MONEY, 1000, 1, "CHF", "TCHF", "Umsatz"},
        {"Umsatz (Tausend Euro)", MONEY, MONEY, 1000, 1, "EUR", "Tausend Euro", "Umsatz"},
        {"Umsatz (Mio. EUR)", MONEY, MONEY, 1000000, 1, "EUR", "Mio. EUR", "Umsatz"},
        {"Amount (1000 EUR)", MONEY, MONEY, 1000, 1, "EUR", "1000 EUR", "Amount"},
        {"Umsatz (in 1.000 €)", MONEY, MONEY, 1000, 1, "EUR", "1.000 €", "Umsatz"},
        {"Amount (in 1000s)", MONEY, SCALE, 1000, 1, "", "1000s", "Amount"},
        {"Amount (Rs lakhs)", MONEY, MONEY, 100000, 1, "Rs", "Rs lakhs", "Amount"},
        {"Amount (Rs. in Crores)", MONEY, MONEY, 10000000, 1, "Rs", "Rs. in Crores", "Amount"},
        {"Amount (p)", MONEY, MONEY, 1, 100, "GBP", "p", "Amount"},
        {"Betrag (Cent)", MONEY, MONEY, 1, 100, "", "Cent", "Betrag"},
        {"amount_minor_units", MONEY, MONEY, 0, 1, "", "minor_units", "amount"},
        {"amount (MM)", MONEY, MONEY, 0, 1, "", "MM", "amount"},
        {"amount (Cr)", MONEY, MONEY, 0, 1, "", "Cr", "amount"},
        {"Dauer (Sek.)", DURATION, DURATION, 1, 60, "", "Sek.", "Dauer"},
        {"Verweildauer (Sekunden)", DURATION, DURATION, 1, 60, "", "Sekunden", "Verweildauer"},
        {"Verweildauer_Sekunden", DURATION, DURATION, 1, 60, "", "Sekunden", "Verweildauer"},
        {"durée (secondes)", DURATION, DURATION, 1, 60, "", "secondes", "durée"},
        {"duración (segundos)", DURATION, DURATION, 1, 60, "", "segundos", "duración"},
        {"duración (seg)", DURATION, DURATION, 1, 60, "", "seg", "duración"},
        {"Duración (horas)", DURATION, DURATION, 60, 1, "", "horas", "Duración"},
        {"Duración (días)", DURATION, DURATION, 1440, 1, "", "días", "Duración"},
        {"Dauer (Std.)", DURATION, DURATION, 60, 1, "", "Std.", "Dauer"},
        {"durée (heures)", DURATION, DURATION, 60, 1, "", "heures", "durée"},
        {"durée (jours)", DURATION, DURATION, 1440, 1, "", "jours", "durée"},
        {"通话时长（时）", DURATION, DURATION, 60, 1, "", "时", "通话时长"},
        {"折扣率(%)", ANY, SHARE, 1, 100, "", "%", "折扣率"},
        {"折扣率％", ANY, SHARE, 1, 100, "", "％", "折扣率"},
        {"discount %", ANY, SHARE, 1, 100, "", "%", "discount"},
        {"discount_pct", ANY, SHARE, 1, 100, "", "pct", "discount"},
        {"占比（‰）", ANY, SHARE, 1, 1000, "", "‰", "占比"},
        /* in brackets and behind them, and in lists: each text is read */
        {"Amount (EUR) thousands", MONEY, MONEY, 1000, 1, "EUR", "thousands", "Amount"},
        {"Amount (USD) in thousands", MONEY, MONEY, 1000, 1, "USD", "thousands", "Amount"},
        {"Revenue (€) in k", MONEY, MONEY, 1000, 1, "EUR", "k", "Revenue"},
        {"Umsatz (€) Tsd", MONEY, MONEY, 1000, 1, "EUR", "Tsd", "Umsatz"},
        {"金额(元)万", MONEY, MONEY, 10000, 1, "CNY", "万", "金额"},
        {"金额（万）元", MONEY, MONEY, 10000, 1, "CNY", "万", "金额"},
        {"Sales (EUR)k", MONEY, MONEY, 1000, 1, "EUR", "k", "Sales"},
        {"Sales (net, k€)", MONEY, MONEY, 1000, 1, "EUR", "k€", "Sales"},
        {"Sales (k€, net)", MONEY, MONEY, 1000, 1, "EUR", "k€", "Sales"},
        {"Sales (net/k€)", MONEY, MONEY, 1000, 1, "EUR", "k€", "Sales"},
        {"CA (k€ HT)", MONEY, MONEY, 1000, 1, "EUR", "k€", "CA"},
        {"Umsatz (netto in TEUR)", MONEY, MONEY, 1000, 1, "EUR", "TEUR", "Umsatz"},
        {"Revenue (EUR, thousands)", MONEY, MONEY, 1000, 1, "EUR", "thousands", "Revenue"},
        {"金额（含税、万元）", MONEY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"金额（万元含税）", MONEY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"金额（不含税万元）", MONEY, MONEY, 10000, 1, "CNY", "万元", "金额"},
        {"duration (avg, s)", DURATION, DURATION, 1, 60, "", "s", "duration"},
        {"duration (h, min)", DURATION, DURATION, 0, 1, "", "h", "duration"},
        {"Dauer (min) pro Tag", DURATION, DURATION, 1, 1, "", "min", "Dauer (min) pro Tag"},
        {"Sales (net) k€", MONEY, MONEY, 1000, 1, "EUR", "k€", "Sales"},
        {"Amount [USD] (k)", MONEY, MONEY, 1000, 1, "USD", "k", "Amount"},
        {"Amount cents (EUR)", MONEY, MONEY, 1, 100, "EUR", "cents", "Amount"},
        {"(k€) Umsatz", MONEY, MONEY, 1000, 1, "EUR", "k€", "(k€) Umsatz"},
        {"Amount (k€) thousands", MONEY, MONEY, 1000, 1, "EUR", "thousands", "Amount"},
        {"Amount (k€) Mio", MONEY, MONEY, 0, 1, "EUR", "Mio", "Amount"}, /* the caller's to refuse */
        {"amount 10 k€", MONEY, MONEY, 0, 1, "EUR", "k€", "amount 10"},
        {"金额10万", MONEY, SCALE, 0, 1, "", "万", "金额10"},
        {"Umsatz 2010 k€", MONEY, MONEY, 1000, 1, "EUR", "k€", "Umsatz 2010"},
        /* a letter beside a currency of the name */
        {"revenue_m (USD)", MONEY, MONEY, 1000000, 1, "USD", "m", "revenue_m"},
        {"Revenue (EUR, m)", MONEY, MONEY, 1000000, 1, "EUR", "m", "Revenue"},
        {"amount_p (EUR)", MONEY, MONEY, 1, 1, "EUR", "EUR", "amount_p"},
        /* glued */
        {"Revenue USDk", MONEY, MONEY, 1000, 1, "USD", "USDk", "Revenue"},
        {"Revenue EURk", MONEY, MONEY, 1000, 1, "EUR", "EURk", "Revenue"},
        {"Revenue USDm", MONEY, MONEY, 1000000, 1, "USD", "USDm", "Revenue"},
        {"revenue (EURmn)", ANY, MONEY, 1000000, 1, "EUR", "EURmn", "revenue"},
        {"Umsatz EURt", MONEY, MONEY, 0, 1, "EUR", "EURt", "Umsatz"},
        {"Amount USDcents", MONEY, MONEY, 1, 100, "USD", "USDcents", "Amount"},
        {"金额万", MONEY, SCALE, 10000, 1, "", "万", "金额"},
        {"金额w", MONEY, SCALE, 10000, 1, "", "w", "金额"},
        {"金额(w)", MONEY, SCALE, 10000, 1, "", "w", "金额"},
        {"交易额(w元)", MONEY, MONEY, 10000, 1, "CNY", "w元", "交易额"},
        {"sales (RMB w)", MONEY, MONEY, 10000, 1, "CNY", "RMB w", "sales"},
        {"金额k", MONEY, SCALE, 1000, 1, "", "k", "金额"},
        {"金额USD", MONEY, MONEY, 1, 1, "USD", "USD", "金额"},
        {"Umsatz in Hunderttausend", MONEY, SCALE, 100000, 1, "", "Hunderttausend", "Umsatz"},
        {"CA (centaines de milliers d'euros)", MONEY, MONEY, 100000, 1, "EUR", "centaines de milliers d'euros", "CA"},
        {"Ventas en cientos de miles", MONEY, SCALE, 100000, 1, "", "en cientos de miles", "Ventas"},
        {"amount (ms)", MONEY, DURATION, 1, 60000, "", "ms", "amount"}, /* the caller's to refuse */
        {"duration (万元)", DURATION, MONEY, 10000, 1, "CNY", "万元", "duration"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__unit unit;
        const int found = tsl__unit_read(tsl__span_make(cases[i].header), (tsl__unit_kind)cases[i].expected, &unit);
        if (!found || (int)unit.kind != cases[i].kind || unit.numerator != cases[i].numerator ||
            unit.denominator != cases[i].denominator ||
            strcmp(tsl__currency_get_name(unit.currency), cases[i].currency) != 0 ||
            !tsl__span_equal(unit.text, tsl__span_make(cases[i].text)) ||
            !tsl__span_equal(unit.name, tsl__span_make(cases[i].name))) {
            fail_msg("%s: %d, kind %d, %lld/%lld %s, \"%.*s\" of \"%.*s\"", cases[i].header, found, (int)unit.kind,
                     (long long)unit.numerator, (long long)unit.denominator, tsl__currency_get_name(unit.currency),
                     (int)unit.text.n, unit.text.s, (int)unit.name.n, unit.name.s);
        }
    }
}

static void test_none(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        int expected;
        const char *other;
    } cases[] = {
        {"terms", ANY, ""},
        {"items", DURATION, ""},
        {"administration", DURATION, ""},
        {"admin", DURATION, ""},
        {"percents", SHARE, ""},
        {"accents", MONEY, ""},
        {"price_min", ANY, ""},
        {"price_min", MONEY, ""},
        {"积分", MONEY, ""},
        {"消费积分", MONEY, ""},
        {"first_try", ANY, ""},
        {"spend_30_days", ANY, ""},
        {"spend_30_days", DURATION, ""},
        {"近30天数", DURATION, ""},
        {"停留秒数", ANY, ""},
        {"score (1-5)", ANY, "1-5"},
        {"amount (net)", MONEY, "net"},
        {"金额（含税）", MONEY, "含税"},
        {"满意度（分）", ANY, "分"},
        {"income (k)", ANY, "k"},
        {"duration (m)", DURATION, "m"},
        {"tenure (months)", DURATION, "months"},
        {"年龄", ANY, ""},
        {"元", MONEY, ""},
        {"(ms)", DURATION, "ms"},
        {"ms", DURATION, ""},
        {"", ANY, ""},
        {"()", ANY, ""},
        {"amount)", MONEY, ""},
        {"_ms", DURATION, ""},
        {"a (b) c", ANY, ""},
        {"revenue_m", MONEY, ""},
        {"amount_p", MONEY, ""},
        {"distance (miles)", ANY, "miles"},
        {"amount (x100)", MONEY, "x100"},
        {"amount (1000)", MONEY, "1000"},
        {"amount (10 EUR)", MONEY, "10 EUR"},
        {"amount (2 EUR)", MONEY, "2 EUR"},
        {"amount (EUR t)", ANY, "EUR t"}, /* not "T EUR" */
        {"amount (w)", MONEY, "w"},       /* weekly, watt, won */
        {"sales (USD w)", ANY, "USD w"},
        {"cost per mille", MONEY, ""},
        {"amount (incl. 19 % VAT)", MONEY, "incl. 19 % VAT"},
        {"amount (1/1000 €)", MONEY, "1/1000 €"},
        {"time on site (US users)", DURATION, "US users"},
        {"金额m", MONEY, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__unit unit;
        const tsl__span header = tsl__span_make(cases[i].header);
        if (tsl__unit_read(header, (tsl__unit_kind)cases[i].expected, &unit) || unit.kind != TSL__UNIT_ANY ||
            unit.numerator != 1 || unit.denominator != 1 || !tsl__span_equal(unit.name, header) ||
            !tsl__span_equal(unit.other, tsl__span_make(cases[i].other))) {
            fail_msg("%s: \"%.*s\" of \"%.*s\", other \"%.*s\"", cases[i].header, (int)unit.text.n, unit.text.s,
                     (int)unit.name.n, unit.name.s, (int)unit.other.n, unit.other.s);
        }
    }
}

static void test_per(void **state)
{
    (void)state;
    tsl__unit unit;
    assert_true(tsl__unit_read(tsl__span_make("收入（元/月）"), TSL__UNIT_MONEY, &unit));
    assert_true(tsl__span_equal(unit.per, tsl__span_make("月")));
    assert_true(tsl__unit_read(tsl__span_make("金额（元）(含税)"), TSL__UNIT_MONEY, &unit));
    assert_int_equal(unit.per.n, 0);
    assert_true(tsl__span_equal(unit.other, tsl__span_make("含税")));
    assert_true(tsl__unit_read(tsl__span_make("Amount (EUR ×1,000)"), TSL__UNIT_MONEY, &unit));
    assert_true(tsl__span_equal(unit.other, tsl__span_make("×1,000")));
    assert_true(tsl__unit_read(tsl__span_make("Amount (EUR,net,,x1000)"), TSL__UNIT_MONEY, &unit));
    assert_true(tsl__span_equal(unit.other, tsl__span_make("x1000")));
    assert_true(tsl__unit_read(tsl__span_make("Amount (EUR, net, x 1000)"), TSL__UNIT_MONEY, &unit));
    assert_true(tsl__span_equal(unit.other, tsl__span_make("x 1000")));
}

/* Behind numbers the same words. */
static void test_suffixes(void **state)
{
    (void)state;
    static const struct {
        const char *suffix;
        int expected, kind; /* kind ANY: none */
        int64_t numerator, denominator;
    } cases[] = {
        {"cents", MONEY, MONEY, 1, 100},
        {"¢", MONEY, MONEY, 1, 100},
        {"分", MONEY, MONEY, 1, 100},
        {"角", MONEY, MONEY, 1, 10},
        {"TEUR", MONEY, MONEY, 1000, 1},
        {"Cr", MONEY, MONEY, 0, 1},
        {"p", MONEY, MONEY, 1, 100},
        {"c", MONEY, MONEY, 1, 100},
        {"m", MONEY, MONEY, 0, 1},
        {"s", DURATION, DURATION, 1, 60},
        {"h", DURATION, DURATION, 60, 1},
        {"m", DURATION, DURATION, 1, 1},
        {"秒", DURATION, DURATION, 1, 60},
        {"分", DURATION, DURATION, 1, 1},
        {"Std.", DURATION, DURATION, 60, 1},
        {"hours", MONEY, DURATION, 60, 1},
        {"cents", DURATION, MONEY, 1, 100},
        {"kg", MONEY, ANY, 1, 1},
        {"分", ANY, ANY, 1, 1},
        {"岁", MONEY, ANY, 1, 1},
        {"+", MONEY, ANY, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__unit unit;
        const tsl__span suffix = tsl__span_make(cases[i].suffix);
        const int found = tsl__unit_read_suffix(suffix, (tsl__unit_kind)cases[i].expected, &unit);
        if (found != (cases[i].kind != ANY) || (int)unit.kind != cases[i].kind ||
            unit.numerator != cases[i].numerator || unit.denominator != cases[i].denominator ||
            !tsl__span_equal(found ? unit.text : unit.other, suffix)) {
            fail_msg("%s: %d, kind %d, %lld/%lld", cases[i].suffix, found, (int)unit.kind, (long long)unit.numerator,
                     (long long)unit.denominator);
        }
    }
}

/* In 1/10000 of the kind's own unit. */
static int64_t convert(const char *header, __int128 units, int places)
{
    tsl__unit unit;
    int64_t value = -1;
    int rounded;
    assert_true(tsl__unit_read(tsl__span_make(header), TSL__UNIT_ANY, &unit));
    assert_int_equal(
        tsl__decimal_get(tsl__unit_get_value(&unit, tsl__decimal_make(units, -places, 0)), &value, &rounded),
        TSL__DECIMAL_OK);
    return value;
}

static void test_values(void **state)
{
    (void)state;
    assert_int_equal(convert("时长（秒）", 1800, 0), 300000);         /* 30 minutes */
    assert_int_equal(convert("t (ms)", 90000, 0), 15000);             /* 1.5 */
    assert_int_equal(convert("t (ms)", 1, 0), 0);                     /* 1/60000 rounds to 0.0000 */
    assert_int_equal(convert("t (seconds)", 100, 0), 16667);          /* 1.6667, half-even of 1.66666... */
    assert_int_equal(convert("t (hours)", 15, 1), 900000);            /* 90 */
    assert_int_equal(convert("金额（万元）", 123456, 4), 1234560000); /* 123456 yuan */
    assert_int_equal(convert("a (cents)", 1999, 0), 199900);          /* 19.99 */
    assert_int_equal(convert("a (%)", 25, 1), 250);                   /* 0.025 */
    tsl__unit unit;
    assert_true(tsl__unit_read(tsl__span_make("a（万亿）"), TSL__UNIT_ANY, &unit));
    assert_int_equal(tsl__unit_get_value(&unit, tsl__decimal_make((__int128)1 << 120, 0, 0)).state,
                     TSL__DECIMAL_OVERFLOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),    cmocka_unit_test(test_none),   cmocka_unit_test(test_per),
        cmocka_unit_test(test_suffixes), cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
