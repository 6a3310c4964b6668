/* unit.c: finds the unit in the name of a column. */
#include "table/cell/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/unit_text.h"

#define MOST_UNIT_WORDS 4
#define LIST_LEVELS 2
#define MOST_GLUED_BYTES 24 /* eight characters: 百万美元不含税 */
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a name is read for. */
typedef struct sought {
    tsl__unit_kind kind; /* that is expected */
    int currency;        /* that the name tells elsewhere, or 0: of "revenue_m (EUR)" the m is read as "EUR m" */
    int is_chinese;      /* a w alone is 万 */
} sought;

static tsl__unit make_none(tsl__span name)
{
    const tsl__span none = {name.s + name.n, 0};
    return (tsl__unit){TSL__UNIT_ANY, 1, 1, TSL__CURRENCY_NONE, none, none, name, none};
}

/* A text of the name, beside a currency that stands elsewhere in it, or as it is. */
static int read_sought(tsl__span text, tsl__unit_stand how, const sought *s, tsl__unit *out)
{
    char joined[TSL__UNIT_BYTES_MOST + 8];
    *out = make_none(text);
    if (text.n > TSL__UNIT_BYTES_MOST) {
        return 0;
    }
    if (s->currency) {
        const int n =
            snprintf(joined, sizeof joined, "%s %.*s", tsl__currency_get_name(s->currency), (int)text.n, text.s);
        if (!tsl__unit_text_read((tsl__span){joined, (size_t)n}, TSL__UNIT_IN_BRACKETS, s->kind, out) ||
            out->numerator == 1) {
            return 0;
        }
        out->per = (tsl__span){text.s + text.n, 0};
    } else if (s->is_chinese && tsl__unit_text_is(text, "w")) {
        if (!tsl__unit_text_read(tsl__span_make("万"), how, s->kind, out)) {
            return 0;
        }
        out->per = (tsl__span){text.s + text.n, 0};
    } else {
        return tsl__unit_text_read(text, how, s->kind, out);
    }
    out->text = text;
    return 1;
}

/* ---- Several texts of one name ----------------------------------------- */

static int is_money(tsl__unit_kind kind)
{
    return kind == TSL__UNIT_MONEY || kind == TSL__UNIT_SCALE || kind == TSL__UNIT_COUNT;
}

/* Takes what another text of the name says: "(EUR) thousands". Of two that differ neither can be followed. */
static void add_unit(tsl__unit *out, const tsl__unit *more)
{
    const tsl__unit before = *out;
    if (before.kind == TSL__UNIT_ANY) {
        *out = *more;
        out->name = before.name;
        out->other = before.other;
        return;
    }
    const int both = is_money(before.kind) && is_money(more->kind);
    const int differ = before.numerator != more->numerator || before.denominator != more->denominator;
    if ((!both && before.kind != more->kind) || (before.kind == more->kind && !both && !differ)) {
        return;
    }
    if (both && tsl__unit_is_plain(&before)) {
        out->numerator = more->numerator;
        out->denominator = more->denominator;
        out->text = tsl__unit_is_plain(more) ? before.text : more->text;
    } else if (differ && !(both && tsl__unit_is_plain(more))) {
        out->numerator = 0;
    }
    out->kind = more->kind == TSL__UNIT_MONEY ? more->kind : before.kind;
    out->currency = before.currency ? before.currency : more->currency;
    out->per = before.per.n ? before.per : more->per;
}

/* Keeps a text that is no unit: of several the first one, or one of digits, which may be a factor. */
static void add_other(tsl__unit *out, tsl__span text)
{
    if (out->other.n && out->other.s + out->other.n + 1 == text.s && text.s[-1] == ' ') { /* the next word */
        out->other.n += 1 + text.n;
    } else if (!out->other.n || (tsl__span_has_digit(text) && !tsl__span_has_digit(out->other))) {
        out->other = text;
    }
}

/* What stands behind these is what something is counted for: "per 1000". */
static int is_per(tsl__span word)
{
    static const char *const words[] = {"per", "pro", "par", "por", "je", "each", "every"};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (tsl__unit_text_is(word, words[i])) {
            return 1;
        }
    }
    return 0;
}

static size_t find_blank(tsl__span text, size_t from)
{
    const char *blank = from < text.n ? memchr(text.s + from, ' ', text.n - from) : NULL;
    return blank ? (size_t)(blank - text.s) : text.n;
}

/* The longest words from `at` on that are a unit: where they end; else `at`. */
static size_t read_run(tsl__span text, size_t at, const sought *s, tsl__unit *out)
{
    for (size_t end = text.n; end > at;) {
        const tsl__span run = {text.s + at, end - at};
        tsl__unit unit;
        if (read_sought(run, TSL__UNIT_BEHIND_MARK, s, &unit) &&
            !(tsl__unit_is_plain(&unit) && tsl__is_lower(*run.s))) {
            add_unit(out, &unit);
            return end;
        }
        while (--end > at && text.s[end] != ' ') {
        }
    }
    return at;
}

/* "net k€", "TEUR netto": units of money among other words, but none behind a number ("10 EUR"). */
static int read_words(tsl__span text, const sought *s, tsl__unit *out)
{
    const tsl__span before = out->other;
    int found = 0, is_counted = 0;
    for (size_t at = 0, end; at < text.n && s->kind == TSL__UNIT_MONEY; at = end + 1) {
        const tsl__span word = {text.s + at, find_blank(text, at) - at};
        if (is_per(word)) {
            add_other(out, (tsl__span){word.s, text.n - at});
            break;
        }
        end = is_counted ? at : read_run(text, at, s, out);
        found |= end > at;
        if (end == at) {
            add_other(out, word);
            end = at + word.n;
        }
        is_counted = end > at && tsl__is_digit(text.s[end - 1]);
    }
    if (!found) { /* as a whole */
        out->other = before;
        add_other(out, text);
    }
    return found;
}

/* How many bytes of a mark that parts a list stand at `at`: "net, k€", "含税、万元", "net/k€"; but 1,000 and 1/100. */
static size_t find_list_mark(tsl__span text, size_t at, int level)
{
    static const char *const marks[LIST_LEVELS][6] = {{",", ";", "|", "，", "、", "；"}, {"/", "／"}};
    const int is_number = at + 1 < text.n && tsl__is_digit(text.s[at + 1]) &&
                          (text.s[at] == '/' || (at && tsl__is_digit(text.s[at - 1])));
    for (size_t i = 0; i < COUNT(marks[level]) && marks[level][i] && !is_number; i++) {
        const size_t n = strlen(marks[level][i]);
        if (tsl__span_begins((tsl__span){text.s + at, text.n - at}, marks[level][i], n)) {
            return n;
        }
    }
    return 0;
}

/* What stands in brackets: a unit, or a list of which each part may be one. */
static int read_parts(tsl__span text, int level, const sought *s, tsl__unit *out)
{
    tsl__unit unit;
    int found = 0;
    if (read_sought(text, TSL__UNIT_IN_BRACKETS, s, &unit)) {
        add_unit(out, &unit);
        return 1;
    }
    if (level == LIST_LEVELS || (s->currency && level)) { /* of "EUR/k" the k is no unit */
        return read_words(text, s, out);
    }
    for (size_t from = 0, at = 0, n = 0; from <= text.n && text.n; from = at + n) {
        for (at = from; at < text.n && !(n = find_list_mark(text, at, level)); at++) {
        }
        n = at < text.n ? n : 1;
        found |= read_parts(tsl__cell_trim((tsl__span){text.s + from, at - from}), level + 1, s, out);
    }
    return found;
}

/* ---- Brackets ---------------------------------------------------------- */

static const struct pair {
    const char *open, *close;
} pairs[] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"［", "］"}, {"【", "】"}, {"〔", "〕"}, {"{", "}"}};

/* The last brackets of a name: what they hold, where they begin and end. 1: found. */
static int find_brackets(tsl__span name, tsl__span *inside, size_t *begin, size_t *end)
{
    for (size_t stop = name.n; stop > 0; stop--) {
        const tsl__span head = {name.s, stop};
        for (size_t i = 0; i < COUNT(pairs); i++) {
            const size_t close = strlen(pairs[i].close), open = strlen(pairs[i].open);
            for (size_t at = stop; tsl__span_ends(head, pairs[i].close) && at-- > 0;) {
                if (at + open + close <= stop && memcmp(name.s + at, pairs[i].open, open) == 0) {
                    *inside = tsl__cell_trim((tsl__span){name.s + at + open, stop - close - at - open});
                    *begin = at;
                    *end = stop;
                    return 1;
                }
            }
        }
    }
    return 0;
}

/* ---- Behind a mark ----------------------------------------------------- */

static int is_mark(char c)
{
    return strchr(" _-.,/:|", c) != NULL && c;
}

/* Where the last word of the name begins: behind a mark, or with a capital behind a small letter; 0: it has one. */
static size_t find_last_word(tsl__span name)
{
    for (size_t at = name.n; at-- > 1;) {
        if (is_mark(name.s[at - 1])) {
            return at;
        }
        if (tsl__is_lower(name.s[at - 1]) && name.s[at] >= 'A' && name.s[at] <= 'Z') {
            return at;
        }
    }
    return 0;
}

/* Without the marks and an "in" before the unit. */
static tsl__span trim_name(tsl__span name)
{
    for (;;) {
        const tsl__span before = name;
        while (name.n && is_mark(name.s[name.n - 1])) {
            name.n--;
        }
        name = tsl__cell_trim(name);
        if (name.n > 3 && is_mark(name.s[name.n - 3]) && tsl__unit_text_is((tsl__span){name.s + name.n - 2, 2}, "in")) {
            name.n -= 3;
        }
        if (name.n == before.n) {
            return name;
        }
    }
}

/* Behind a number a duration is a window: spend_30_days. */
static int is_window(tsl__span name, const tsl__unit *unit)
{
    return unit->kind == TSL__UNIT_DURATION && name.n && tsl__is_digit(name.s[name.n - 1]);
}

/* "amount 10 k€", 金额10万: what stands before it makes another one of the unit. */
static int is_tens(tsl__span head)
{
    size_t at = head.n;
    while (at && head.s[at - 1] == '0') {
        at--;
    }
    return at && at < head.n && head.s[at - 1] == '1' && (at == 1 || !tsl__is_digit(head.s[at - 2]));
}

/* "cost per mille", "Dauer pro Tag": what something is counted for. */
static int ends_with_per(tsl__span head)
{
    size_t word = head.n;
    while (word && !is_mark(head.s[word - 1])) {
        word--;
    }
    return is_per((tsl__span){head.s + word, head.n - word});
}

/* What the name ends with was read as the unit, and stands behind the head. */
static int take_end(tsl__span head, tsl__unit *out)
{
    out->numerator = !tsl__unit_is_plain(out) && is_tens(head) ? 0 : out->numerator;
    out->name = head;
    return 1;
}

static int read_end(tsl__span name, const sought *s, tsl__unit *out)
{
    size_t begin[MOST_UNIT_WORDS], count = 0; /* "thousands", "USD thousands", "en miles de euros" */
    for (size_t end = name.n; count < MOST_UNIT_WORDS && (begin[count] = find_last_word((tsl__span){name.s, end}));
         count++) {
        end = trim_name((tsl__span){name.s, begin[count]}).n;
    }
    for (size_t i = count; i-- > 0;) { /* the longest first */
        const tsl__span head = trim_name((tsl__span){name.s, begin[i]});
        char joined[TSL__UNIT_BYTES_MOST];
        const size_t n = name.n - begin[i];
        if (!head.n || n > sizeof joined || ends_with_per(head)) {
            continue;
        }
        for (size_t k = 0; k < n; k++) { /* USD_thousands */
            joined[k] = name.s[begin[i] + k] == '_' || name.s[begin[i] + k] == '-' ? ' ' : name.s[begin[i] + k];
        }
        if (read_sought((tsl__span){joined, n}, TSL__UNIT_BEHIND_MARK, s, out) && !is_window(head, out)) {
            out->text = (tsl__span){name.s + begin[i], n};
            out->per = out->other = (tsl__span){name.s + name.n, 0};
            return take_end(head, out);
        }
    }
    return 0;
}

/* A character of Chinese, Japanese or Korean that begins here. */
static int is_character(tsl__span name, size_t at)
{
    const unsigned char c = (unsigned char)name.s[at];
    return c >= 0xE3 && c <= 0xED;
}

/* 金额k, 金额USD, "(EUR)k": letters behind a character or a bracket begin a word. */
static int begins_word(tsl__span name, size_t at)
{
    const int is_behind_character = at > 2 && (unsigned char)name.s[at - 1] >= 0x80 &&
                                    (is_character(name, at - 3) || tsl__span_ends((tsl__span){name.s, at}, "）"));
    return (unsigned char)name.s[at] < 0x80 && (is_behind_character || strchr(")]}", name.s[at - 1]));
}

static int read_glued(tsl__span name, const sought *s, tsl__unit *out)
{
    for (size_t at = name.n > MOST_GLUED_BYTES ? name.n - MOST_GLUED_BYTES : 1; at < name.n; at++) {
        const int begins = ((unsigned char)name.s[at] & 0xC0) != 0x80; /* a character */
        const tsl__span text = {name.s + at, name.n - at}, head = trim_name((tsl__span){name.s, at});
        const int is_percent = tsl__unit_text_is(text, "%") || tsl__unit_text_is(text, "％"),
                  is_word = begins_word(name, at);
        const sought share = {.kind = TSL__UNIT_SHARE};
        if (begins && head.n && (is_percent || is_word || (unsigned char)*text.s >= 0x80) &&
            read_sought(text, is_word && !is_percent ? TSL__UNIT_BEHIND_MARK : TSL__UNIT_GLUED, is_percent ? &share : s,
                        out) &&
            !is_window(head, out)) {
            return take_end(head, out);
        }
    }
    return 0;
}

/* What a text in brackets is beside its units: what may be a factor also amid the name. */
static int is_other(tsl__span text, int amid)
{
    return !amid || (tsl__span_has_digit(text) && strchr("xX*/1", *text.s)) || tsl__span_begins(text, "×", 2) ||
           tsl__span_begins(text, "÷", 2);
}

/* Brackets and what stands behind them, from the end of the name on, and what it ends with without them. */
static void read_name(tsl__span name, const sought *s, tsl__unit *out)
{
    tsl__span rest = name, inside;
    size_t begin, end;
    int more = 1, amid = 0;
    *out = make_none(name);
    while (more && rest.n) {
        more = find_brackets(rest, &inside, &begin, &end);
        if (!more || end < rest.n) {
            tsl__unit tail;
            const int taken = (out->kind == TSL__UNIT_ANY || is_money(out->kind)) &&
                              (read_end(rest, s, &tail) || read_glued(rest, s, &tail)) &&
                              (out->kind == TSL__UNIT_ANY || is_money(tail.kind));
            if (taken) {
                add_unit(out, &tail);
            }
            amid |= more && !taken;
            out->name = taken && !more ? tail.name : rest;
            rest.n = more ? end : 0;
            continue;
        }
        const tsl__span before = out->other;
        const tsl__span head = trim_name((tsl__span){rest.s, begin});
        const int may = (head.n || rest.n < name.n) && inside.n;
        if (!may || !read_parts(inside, 0, s, out)) {
            out->other = before.n || !is_other(inside, amid) ? before : inside;
        }
        out->name = rest = head;
    }
    out->name = amid || out->kind == TSL__UNIT_ANY ? name : out->name;
}

int tsl__unit_read(tsl__span name, tsl__unit_kind expected, tsl__unit *out)
{
    sought s = {.kind = expected};
    for (size_t at = 0; at < name.n; at++) {
        s.is_chinese |= is_character(name, at);
    }
    read_name(name, &s, out);
    if (out->kind == TSL__UNIT_MONEY && out->currency && tsl__unit_is_plain(out)) { /* "revenue_m (EUR)" */
        tsl__unit more;
        s.currency = out->currency;
        read_name(name, &s, &more);
        if (more.kind != TSL__UNIT_ANY) {
            more.name = out->name;
            more.other = out->other.s == more.text.s ? more.per : out->other;
            *out = more;
        }
    }
    return out->kind != TSL__UNIT_ANY;
}

int tsl__unit_read_suffix(tsl__span suffix, tsl__unit_kind expected, tsl__unit *out)
{
    const tsl__span none = {suffix.s + suffix.n, 0};
    *out = (tsl__unit){TSL__UNIT_ANY, 1, 1, TSL__CURRENCY_NONE, none, none, none, suffix};
    const int found = tsl__unit_text_read(suffix, TSL__UNIT_BEHIND_NUMBER, expected, out);
    out->other = found ? none : suffix;
    return found;
}

tsl__decimal tsl__factor_apply(tsl__factor f, tsl__decimal value)
{
    value = f.numerator > 1 ? tsl__decimal_multiply(value, tsl__decimal_make((__int128)f.numerator, 0, 0)) : value;
    return f.denominator > 1 ? tsl__decimal_divide(value, tsl__decimal_make((__int128)f.denominator, 0, 0)) : value;
}

tsl__decimal tsl__unit_get_value(const tsl__unit *unit, tsl__decimal value)
{
    return tsl__factor_apply((tsl__factor){unit->numerator, unit->denominator}, value);
}

void tsl__unit_put_factor(tsl__text *out, const tsl__unit *unit)
{
    if (unit && unit->numerator != 1) {
        tsl__text_printf(out, " * %lld", (long long)unit->numerator);
    }
    if (unit && unit->denominator != 1) {
        tsl__text_printf(out, " / %lld", (long long)unit->denominator);
    }
}
