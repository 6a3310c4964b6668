/* role_units.c: units in the names of columns, by the role that a column plays. */
#include "table/schema/role_units.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* What a role is measured in, and which other units are no measure of it. */
static const struct measure {
    tsl_role role;
    tsl__unit_kind kind;
    unsigned refused; /* kinds, as bits */
    int named;        /* 1: other things that are measured are refused: kg */
    int days;         /* 1: the role is in days; spans of no fixed length are refused: months */
    const char *what;
} measures[] = {
    {TSL_ROLE_AMOUNT, TSL__UNIT_MONEY, 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0, "money"},
    {TSL_ROLE_COST, TSL__UNIT_MONEY, 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0, "money"},
    {TSL_ROLE_PRICE, TSL__UNIT_MONEY, 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0, "money"},
    {TSL_ROLE_MINUTES, TSL__UNIT_DURATION, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_SHARE, 1, 0, "a time"},
    {TSL_ROLE_PAGES, TSL__UNIT_ANY, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_DURATION, 1, 0, "a number of pages"},
    {TSL_ROLE_SATISFACTION, TSL__UNIT_ANY, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_DURATION, 1, 0, "a score"},
    {TSL_ROLE_NPS, TSL__UNIT_ANY, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0,
     "a score from 0 to 10"},
    {TSL_ROLE_RECENCY, TSL__UNIT_DURATION, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_SHARE, 1, 1, "a number of days"},
    {TSL_ROLE_ORDERS, TSL__UNIT_ANY, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 0, 0,
     "a number of orders"},
    {TSL_ROLE_SPEND, TSL__UNIT_MONEY, 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0, "money"},
    {TSL_ROLE_MEAN_ORDER, TSL__UNIT_MONEY, 1u << TSL__UNIT_DURATION | 1u << TSL__UNIT_SHARE, 1, 0, "money"},
};

#define MEASURES (sizeof measures / sizeof *measures)

/* Is the text one of the words, but for capitals? */
static int is_among(tsl__span text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < text.n && words[i][k] && tsl__lower(text.s[k]) == words[i][k]) {
            k++;
        }
        if (k == text.n && !words[i][k]) {
            return 1;
        }
    }
    return 0;
}

/* What is measured, but neither money nor time. Whatever else stands in brackets ("net", "1-5") is no unit. */
static int is_measure(tsl__span text)
{
    static const char *const words[] = {"kg",   "g",      "mg",    "t",   "lb",   "lbs",  "oz",   "km",  "m",
                                        "cm",   "mm",     "mi",    "ft",  "l",    "ml",   "kwh",  "mb",  "gb",
                                        "pcs",  "pieces", "units", "qty", "公斤", "千克", "克",   "吨",  "斤",
                                        "公里", "千米",   "米",    "升",  "件",   "个",   "件数", "数量"};
    return is_among(text, words, sizeof words / sizeof *words);
}

/* Time of no fixed length. */
static int is_span(tsl__span text)
{
    static const char *const words[] = {"month", "months", "year",   "years", "quarter", "quarters", "月",    "个月",
                                        "年",    "季",     "monate", "jahre", "mois",    "ans",      "meses", "anos"};
    return is_among(text, words, sizeof words / sizeof *words);
}

/* Of minutes, the same in days. */
static void take_days(tsl__unit *unit)
{
    int64_t both = unit->numerator, rest = unit->denominator * 1440;
    unit->denominator = rest;
    while (rest) { /* the greatest common divisor */
        const int64_t next = both % rest;
        both = rest;
        rest = next;
    }
    unit->numerator /= both;
    unit->denominator /= both;
}

tsl_status tsl__role_unit_read(tsl_role role, const char *name, tsl__unit *out, tsl_error *err)
{
    const struct measure *m = NULL;
    const tsl__span header = tsl__cell_trim(tsl__span_make(name));
    for (size_t i = 0; i < MEASURES; i++) {
        m = measures[i].role == role ? &measures[i] : m;
    }
    const int found = tsl__unit_read(header, m ? m->kind : TSL__UNIT_ANY, out);
    const int other = !found && m && ((m->named && is_measure(out->other)) || (m->days && is_span(out->other)));
    if (m && ((found && m->refused >> out->kind & 1u) || other)) {
        const tsl__span unit = found ? out->text : out->other;
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: column \"%s\" is by its name in \"%.*s\", which is not %s; name another column by "
                              "--%s, or say by an expression what is meant (--%s '\"%s\" * 1')",
                              tsl_role_get_name(role), name, (int)unit.n, unit.s, m->what, tsl_role_get_name(role),
                              tsl_role_get_name(role), name);
    }
    if (m && m->days && found && out->kind == TSL__UNIT_DURATION) {
        take_days(out);
    }
    if (!m && found && out->kind != TSL__UNIT_SCALE) { /* of a quantity: what is counted */
        out->numerator = out->denominator = 1;
    }
    return TSL_OK;
}

char *tsl__role_unit_describe(const tsl__unit *unit, char out[TSL__UNIT_TEXT_BYTES])
{
    int n = 0;
    *out = '\0';
    if (!unit || !unit->text.n) {
        return out;
    }
    n = snprintf(out, TSL__UNIT_TEXT_BYTES, ", in %.*s", (int)unit->text.n, unit->text.s);
    if (unit->numerator != 1) {
        n += snprintf(out + n, TSL__UNIT_TEXT_BYTES - (size_t)n, ", times %lld", (long long)unit->numerator);
    }
    if (unit->denominator != 1) {
        snprintf(out + n, TSL__UNIT_TEXT_BYTES - (size_t)n, ", divided by %lld", (long long)unit->denominator);
    }
    return out;
}
