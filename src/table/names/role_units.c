/* role_units.c: units in the names of columns, by the role that a column plays. */
#include "table/names/role_units.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/currency.h"
#include "table/names/roles.h"

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
    {TSL_ROLE_QUANTITY, TSL__UNIT_COUNT, 1u << TSL__UNIT_MONEY | 1u << TSL__UNIT_SHARE, 0, 0, "a number of things"},
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

/* Words of brackets that are no unit and change nothing. Chinese ones anywhere in the text. */
static int is_harmless(tsl__span text)
{
    static const char *const words[] = {
        "net",       "gross",     "tax",      "taxes",    "vat",       "gst",       "incl",     "excl",     "including",
        "excluding", "inc",       "exc",      "ex",       "inclusive", "exclusive", "with",     "without",  "before",
        "after",     "total",     "subtotal", "sum",      "order",     "line",      "item",     "paid",     "actual",
        "final",     "estimated", "discount", "shipping", "refund",    "refunds",   "optional", "required", "mean",
        "average",   "avg",       "median",   "minimum",  "maximum",   "lifetime",  "all",      "decimal",  "number",
        "numeric",   "brutto",    "netto",    "inkl",     "exkl",      "zzgl",      "abzgl",    "ohne",     "mit",
        "mwst",      "ust",       "gesamt",   "summe",    "brut",      "nett",      "ttc",      "ht",       "tva",
        "hors",      "avec",      "sans",     "bruto",    "neto",      "iva",       "con",      "sin",      "toutes",
        "pro",       "per",       "par",      "por",      "je",        "each"};
    static const char *const parts[] = {"税",   "折",   "费",   "惠",   "总",   "合计", "实付", "应付", "实收",
                                        "订单", "商品", "单价", "选填", "必填", "累计", "平均", "每",   "退款"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t at = 0; at < text.n; at++) {
            if (tsl__span_begins((tsl__span){text.s + at, text.n - at}, parts[i], strlen(parts[i]))) {
                return 1;
            }
        }
    }
    for (size_t at = 0, n = 0; at < text.n; at += n + 1) {
        for (n = 0; at + n < text.n && !strchr(" .,;:/-_+&", text.s[at + n]); n++) {
        }
        if (is_among((tsl__span){text.s + at, n}, words, sizeof words / sizeof *words)) {
            return 1;
        }
    }
    return 0;
}

/* Without what may stand between the digits of a number, and "in" before it. */
static size_t squeeze(tsl__span text, char *out, size_t size)
{
    size_t n = 0;
    text = tsl__span_begins(text, "in ", 3) || tsl__span_begins(text, "en ", 3) ? (tsl__span){text.s + 3, text.n - 3}
                                                                                : text;
    for (size_t i = 0; i < text.n && n + 1 < size; i++) {
        if (!strchr(" .,'", text.s[i])) {
            out[n++] = text.s[i];
        }
    }
    out[n] = '\0';
    return n;
}

/* 10k, "100 Mio. EUR", 10万, "/Tsd.": digits or a mark before what multiplies. */
static int is_multiple(tsl__span text)
{
    size_t at = 0;
    tsl__unit unit;
    while (at < text.n && strchr("0123456789 .,/", text.s[at])) {
        at++;
    }
    const tsl__span rest = {text.s + at, text.n - at};
    return at && tsl__unit_read_suffix(rest, TSL__UNIT_MONEY, &unit) && unit.numerator != 1 &&
           (unit.kind == TSL__UNIT_SCALE || (unit.kind == TSL__UNIT_MONEY && rest.n > 1));
}

/* "x100", "×1000", "/100", "10^3", "1e3", "1000": by what a number would have to be multiplied or divided, if one knew
 * which. Not 10 and 100, as which the tenth column of a name is numbered. */
static int is_factor(tsl__span text)
{
    static const char *const marks[] = {"x", "X", "*", "/", "×", "÷", "10^", "10**", "10e", "1e", "1E", "10³", "10⁶"};
    char bare[32];
    const size_t n = text.n < sizeof bare ? squeeze(text, bare, sizeof bare) : 0;
    const size_t zeros = *bare == '1' && n ? strspn(bare + 1, "0") : 0;
    for (size_t i = 0; n && i < sizeof marks / sizeof *marks; i++) {
        const size_t m = strlen(marks[i]);
        if (strncmp(bare, marks[i], m) == 0 && strspn(bare + m, "0123456789") == n - m && (n > m || m > 3)) {
            return 1;
        }
    }
    return (zeros >= 3 && zeros + 1 == n) || is_multiple(text);
}

/* 10, 1000, 10^3. */
static int is_factor_of_ten(tsl__span digits)
{
    char bare[32];
    const size_t n = digits.n < sizeof bare ? squeeze(digits, bare, sizeof bare) : 0;
    return n > 1 && bare[0] == '1' && (strspn(bare + 1, "0") == n - 1 || strncmp(bare, "10^", 3) == 0);
}

/* Digits and what stands between them: "1-5", "2024", the "2" of a second column of the name. */
static int is_count(tsl__span text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!strchr("0123456789-/. ", text.s[i])) {
            return 0;
        }
    }
    return 1;
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

static const struct measure *find_measure(tsl_role role)
{
    for (size_t i = 0; i < MEASURES; i++) {
        if (measures[i].role == role) {
            return &measures[i];
        }
    }
    return NULL;
}

/* What is wrong with the unit that was read, or with what stands in its place: behind `"kg", `; NULL: nothing. */
static const char *find_fault(const struct measure *m, int found, const tsl__unit *unit, char out[80])
{
    const int multiplies = m->kind != TSL__UNIT_ANY;
    const int goes_on =
        found && unit->kind == TSL__UNIT_SCALE && unit->other.n && unit->other.s == unit->text.s + unit->text.n + 1;
    const int other = !found && ((m->named && is_measure(unit->other)) || (m->days && is_span(unit->other)));
    if (found && unit->numerator == 0) {
        return m->kind == TSL__UNIT_COUNT ? "which may multiply, or be what a price is for"
                                          : "which does not multiply or divide by the same everywhere";
    }
    if (multiplies && (is_factor(unit->other) || (goes_on && !is_harmless(unit->other)))) { /* "thousand tons" */
        return "which may multiply or divide";
    }
    if (other || (found && m->refused >> unit->kind & 1u)) {
        snprintf(out, 80, "which is not %s", m->what);
        return out;
    }
    return NULL;
}

#define WAY "name another column by --%s, or say by an expression what is meant (--%s '\"%s\" * 1')"

/* What names a column of the role on the command line. */
static const char *get_option(tsl_role role)
{
    int kind = 0;
    while (kind < TSL_TABLE_KINDS && !tsl__role_is_of(role, (tsl_table_kind)kind)) {
        kind++;
    }
    const char *option = tsl_role_get_option(role, (tsl_table_kind)kind);
    return option ? option : tsl_role_get_name(role);
}

/* Settles what was read, by "its name" or "its numbers": a unit that the role cannot be in is refused. */
static tsl_status settle(tsl_role role, const char *column, const char *where, int found, tsl__unit *unit,
                         tsl_error *err)
{
    const struct measure *m = find_measure(role);
    const char *name = tsl_role_get_name(role);
    char what[80];
    const char *fault = m ? find_fault(m, found, unit, what) : NULL;
    if (fault) {
        const tsl__span text = found && !(unit->other.n && is_factor(unit->other)) ? unit->text : unit->other;
        return tsl__error_set(err, TSL_E_INPUT, "%s: column \"%s\" is by %s in \"%.*s\", %s; " WAY, name, column, where,
                              (int)text.n, text.s, fault, get_option(role), get_option(role), column);
    }
    if (m && m->days && found && unit->kind == TSL__UNIT_DURATION) {
        take_days(unit);
    }
    if (m && m->kind == TSL__UNIT_COUNT && found && unit->kind == TSL__UNIT_DURATION) { /* what is counted: hours */
        unit->numerator = unit->denominator = 1;
    }
    return TSL_OK;
}

static tsl__unit_kind get_kind(tsl_role role)
{
    const struct measure *m = find_measure(role);
    return m ? m->kind : TSL__UNIT_ANY;
}

#define WORD_MARKS " _-.,/:|"

/* Digits, and what stands between and before them in a factor: "1000", "10^3", "1,000". */
static size_t find_digits(tsl__span name)
{
    size_t at = name.n;
    while (at && (tsl__is_digit(name.s[at - 1]) || strchr("^.,", name.s[at - 1]))) {
        at--;
    }
    return at;
}

/* The last word of a name: where it begins, or 0. */
static size_t find_last(tsl__span name)
{
    size_t at = name.n;
    while (at && !strchr(WORD_MARKS, name.s[at - 1])) {
        at--;
    }
    return at;
}

static int is_currency(tsl__span word)
{
    int currency, common;
    return word.n && tsl__currency_find(word, &currency, &common) == word.n;
}

/* "amount_x100", "amount x 1000", "amount*1000", "sales/1000", "amount_10k", "revenue EUR 1000": what the name ends
 * with, where that is a factor; "amount_2" and "amount_1000" are numbered. */
static tsl__span find_factor(tsl__span name)
{
    static const char *const marks[] = {"*", "×", "÷", "/", "x", "X"};
    const size_t digits = find_digits(name), last = find_last(name);
    const tsl__span head = tsl__cell_trim((tsl__span){name.s, digits}), number = {name.s + digits, name.n - digits},
                    word = {name.s + last, name.n - last};
    const size_t before = find_last(head);
    const int is_times =
        number.n > 3 && (memchr(number.s, '^', number.n) || is_currency((tsl__span){head.s + before, head.n - before}));
    if (is_times && is_factor_of_ten(number)) {
        return number;
    }
    if (last && tsl__is_digit(*word.s) && is_multiple(word)) {
        return word;
    }
    for (size_t i = 0; number.n && i < sizeof marks / sizeof *marks; i++) {
        const size_t n = strlen(marks[i]);
        const int is_letter = tsl__is_lower(tsl__lower(*marks[i]));
        const int may_not = (*marks[i] == '/' && !is_factor_of_ten(number)) || /* a year, a day */
                            (*marks[i] == '*' && number.n == 1);               /* a footnote */
        if (head.n <= n || memcmp(head.s + head.n - n, marks[i], n) != 0 ||
            (is_letter && !strchr(" _-.:|(", head.s[head.n - n - 1])) || may_not) {
            continue;
        }
        return (tsl__span){head.s + head.n - n, (size_t)(name.s + name.n - (head.s + head.n - n))};
    }
    return (tsl__span){name.s + name.n, 0};
}

/* "millones de pesos", "k€ Umsatz", sales_m: from a word on that multiplies or divides, or a letter at the end that
 * may, where nothing else says what the rest of the name is. */
static tsl__span find_scaled(tsl__span name)
{
    tsl__unit unit;
    for (size_t at = 0, n = 0; at < name.n; at += n + 1) {
        for (n = 0; at + n < name.n && !strchr(WORD_MARKS, name.s[at + n]); n++) {
        }
        const tsl__span word = {name.s + at, n};
        const int is_end = at && n == 1 && at + n == name.n;
        if ((n > 2 || is_end) && n < name.n && tsl__unit_read_suffix(word, TSL__UNIT_MONEY, &unit) &&
            (unit.kind == TSL__UNIT_SCALE || unit.kind == TSL__UNIT_MONEY) && !tsl__unit_is_plain(&unit)) {
            const tsl__span rest = {name.s + at, name.n - at};
            return is_harmless(rest) ? word : rest; /* which would not be told */
        }
    }
    return (tsl__span){name.s + name.n, 0};
}

/* What a price is for, where that is several things: "千件" of 元/千件, "1000", "dozen"; else of no bytes. */
static tsl__span find_several(tsl__span name)
{
    static const char *const words[] = {" per ", "_per_", " je ", " pro ", " par ", " por ", "/"};
    tsl__span per = {name.s + name.n, 0};
    tsl__unit unit;
    for (size_t at = 1; at < name.n; at++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            const size_t n = strlen(words[i]);
            if (tsl__span_begins((tsl__span){name.s + at, name.n - at}, words[i], n)) {
                per = tsl__cell_trim((tsl__span){name.s + at + n, name.n - at - n});
            }
        }
    }
    static const char *const closing[] = {")", "]", "）", "】"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        const size_t n = strlen(closing[i]);
        per.n -= per.n > n && memcmp(per.s + per.n - n, closing[i], n) == 0 ? n : 0;
    }
    const int begins = per.n && tsl__is_digit(*per.s) && !(*per.s == '1' && (per.n == 1 || per.s[1] == ' ')),
              is_year = per.n && find_digits(per) == 0 && per.s[-1] == '/' && !is_factor_of_ten(per);
    const int several =
        (begins && !is_year) || (per.n && tsl__unit_read_suffix(per, TSL__UNIT_COUNT, &unit) && unit.numerator != 1);
    return several ? per : (tsl__span){name.s + name.n, 0};
}

/* "Umsatz TEUR netto", amount_cents_total: the unit before the last words, where those change nothing. */
static int read_before(tsl__span name, tsl__unit_kind kind, tsl__unit *out)
{
    for (size_t at; (at = find_last(name)) && is_harmless((tsl__span){name.s + at, name.n - at});) {
        name = tsl__cell_trim((tsl__span){name.s, at - 1});
        if (tsl__unit_read(name, kind, out) && !tsl__unit_is_plain(out)) {
            return 1;
        }
    }
    return 0;
}

/* Reads the name, and what may be a factor in it: "x100", and "/1000" of "EUR/1000". */
static int read_name(tsl__span name, tsl__unit_kind kind, tsl__unit *out)
{
    tsl__unit before;
    int found = tsl__unit_read(name, kind, out);
    if (kind != TSL__UNIT_ANY && tsl__unit_is_plain(out) && read_before(name, kind, &before)) {
        *out = before;
        found = 1;
    }
    const char *slash = out->text.s + out->text.n;
    const tsl__span per = {slash, out->per.n ? (size_t)(out->per.s + out->per.n - slash) : 0};
    const tsl__span factor = is_factor_of_ten(out->per) || is_multiple(per) ? tsl__cell_trim(per) : find_factor(name);
    out->other = factor.n && !is_factor(out->other) ? factor : out->other;
    return found;
}

tsl_status tsl__role_unit_read(tsl_role role, const char *name, tsl__unit *out, tsl_error *err)
{
    const tsl__span trimmed = tsl__cell_trim(tsl__span_make(name));
    const tsl__span several = role == TSL_ROLE_PRICE ? find_several(trimmed) : (tsl__span){"", 0};
    const int found = read_name(trimmed, get_kind(role), out);
    tsl_status status = TSL_OK;
    if (several.n) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: column \"%s\" is by its name for \"%.*s\", not for one; " WAY,
                              tsl_role_get_name(role), name, (int)several.n, several.s, get_option(role),
                              get_option(role), name);
    }
    TSL__TRY(settle(role, name, "its name", found, out, err));
    if (get_kind(role) == TSL__UNIT_MONEY && tsl__unit_is_plain(out) && tsl__role_unit_is_known(role, out->other)) {
        const tsl__span scaled = find_scaled(trimmed);
        out->other = scaled.n ? scaled : out->other;
    }
done:
    return status;
}

/* The power of ten that a unit of money or things multiplies by; 0: none. */
static int get_power(const tsl__unit *unit)
{
    int power = 0;
    int64_t rest = unit && unit->kind != TSL__UNIT_DURATION && unit->denominator == 1 ? unit->numerator : 1;
    for (; rest > 1 && rest % 10 == 0; rest /= 10) {
        power++;
    }
    return rest == 1 ? power : 0;
}

/* What stands behind the numbers multiplies by what the name does, or the name by nothing. */
static tsl_status check_scale(tsl_role role, const tsl__unit *named, const char *name, const tsl__mark_evidence *e,
                              tsl_error *err)
{
    const int multiplies = named && named->kind != TSL__UNIT_DURATION && named->numerator != named->denominator;
    const tsl__mark_cells *cell = e->scale != get_power(named) ? &e->scaled : &e->rescaled;
    const char *option = get_option(role);
    if (!multiplies || !cell->count) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: column \"%s\" is by its name in \"%.*s\", but \"%s\" (%s:%llu) multiplies by something "
                          "else; " WAY,
                          tsl_role_get_name(role), name, (int)named->text.n, named->text.s, cell->text, cell->file,
                          (unsigned long long)cell->line, option, option, name);
}

tsl_status tsl__role_unit_check(tsl_role role, const tsl__unit *named, const char *name, const tsl__mark_evidence *e,
                                tsl_error *err)
{
    const struct measure *m = find_measure(role);
    const char *option = get_option(role);
    tsl_status status = TSL_OK;
    TSL__TRY(check_scale(role, named, name, e, err));
    if (m && e->currencies && (m->refused >> TSL__UNIT_MONEY & 1u)) {
        TSL__TRY(tsl__error_set(
            err, TSL_E_INPUT, "%s: column \"%s\" is by its numbers in %s (\"%s\", %s:%llu), which is not %s; " WAY,
            tsl_role_get_name(role), name, tsl__currency_get_name(e->currency[0]), e->priced[0].text, e->priced[0].file,
            (unsigned long long)e->priced[0].line, m->what, option, option, name));
    }
done:
    return status;
}

tsl_status tsl__role_unit_note(tsl_role role, const tsl__unit *named, const char *name, const tsl__number_form *form,
                               const tsl__mark_evidence *e, tsl_notes *notes, tsl_error *err)
{
    tsl__unit whole; /* "minutes", 分钟: the name is a unit, and nothing else */
    const int told = (named && named->text.n) || form->suffix_length ||
                     tsl__unit_read_suffix(tsl__cell_trim(tsl__span_make(name)), TSL__UNIT_DURATION, &whole);
    tsl_status status = TSL_OK;
    if (role == TSL_ROLE_MINUTES && !told && e->count) {
        const char *option = get_option(role);
        TSL__TRY(
            tsl__found_add(notes, &(tsl__found){.kind = TSL_FINDING_UNKNOWN_UNIT, .count = e->count, .column = name},
                           "%s: neither the name of the column \"%s\" nor its numbers tell a unit, and they are "
                           "taken as minutes; if they are seconds: --%s '\"%s\" / 60'; if minutes: --%s '\"%s\" * 1'",
                           tsl_role_get_name(role), name, option, name, option, name));
    }
done:
    return status;
}

int tsl__role_unit_is_known(tsl_role role, tsl__span other)
{
    const tsl__unit_kind kind = get_kind(role);
    return (kind != TSL__UNIT_MONEY && kind != TSL__UNIT_DURATION) || !other.n || is_harmless(other) || is_count(other);
}

tsl_status tsl__role_unit_set(tsl_role role, const tsl__unit *named, const char *name, tsl__number_form *form,
                              tsl_error *err)
{
    const tsl__span suffix = {form->suffix, form->suffix_length};
    tsl__unit unit;
    tsl_status status = TSL_OK;
    form->named = get_power(named);
    if (!suffix.n || !find_measure(role)) {
        return TSL_OK;
    }
    const int found = tsl__unit_read_suffix(suffix, get_kind(role), &unit);
    TSL__TRY(settle(role, name, "its numbers", found, &unit, err));
    const int both = found && named && named->text.n;
    if (both && (named->numerator != unit.numerator || named->denominator != unit.denominator)) {
        const char *option = get_option(role);
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: column \"%s\" is by its name in \"%.*s\", but by its numbers in \"%.*s\"; " WAY,
                              tsl_role_get_name(role), name, (int)named->text.n, named->text.s, (int)suffix.n, suffix.s,
                              option, option, name);
    }
    form->factor = both ? (tsl__factor){0, 0} : (tsl__factor){unit.numerator, unit.denominator};
    form->currency = unit.currency;
    form->unknown = !tsl__role_unit_is_known(role, unit.other);
done:
    return status;
}

int tsl__role_unit_is_measure(tsl__span text)
{
    tsl__unit unit;
    return is_measure(text) || is_span(text) || tsl__unit_read_suffix(text, TSL__UNIT_DURATION, &unit);
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
