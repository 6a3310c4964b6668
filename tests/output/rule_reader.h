/* rule_reader.h: reads a rule word by word and says of whom it holds, knowing nothing of bounds or trees.
 *
 *  rule  = leaf { "; or " leaf }      leaf = term { " and " term }
 *  term  = "(" said ")" | said        said = column with what is said of it [" or unknown"]
 *
 * "x over 1 and at most 2" is one term: no column is called "at most". */
#ifndef TEST_RULE_READER_H
#define TEST_RULE_READER_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The words of a language, or signs. */
typedef struct reader_words {
    const char *or_leaf, *and, *or_unknown[2], *open, *close, *yes, *no, *known, *unknown, *is, *is_not;
    const char *at_most, *over, *also, *below; /* NULL: has none */
} reader_words;

static const reader_words reader_signs = {"; or ",  " and ",     {" or unknown", " or unknown"},
                                          "(",      ")",         " is yes",
                                          " is no", " is known", " is unknown",
                                          " is ",   " is not ",  " <= ",
                                          " > ",    NULL,        " < "};
static const reader_words reader_languages[2] = {{"; or ",
                                                  " and ",
                                                  {", or unknown", " or unknown"},
                                                  "(",
                                                  ")",
                                                  " is yes",
                                                  " is no",
                                                  " is known",
                                                  " is unknown",
                                                  " is ",
                                                  " is not ",
                                                  " at most ",
                                                  " over ",
                                                  " and",
                                                  NULL},
                                                 {"；或 ",
                                                  " 且 ",
                                                  {"，或未知", " 或未知"},
                                                  "（",
                                                  "）",
                                                  " 为是",
                                                  " 为否",
                                                  " 已知",
                                                  " 未知",
                                                  " 为 ",
                                                  " 不为 ",
                                                  " 不超过 ",
                                                  " 超过 ",
                                                  " 且",
                                                  NULL}};

/* One whom a rule may hold of: numbers and booleans (0, 1; NaN: unknown), then a category ("": unknown). */
typedef struct reader_row {
    const double *value;
    const char *level;
} reader_row;

typedef struct rule_reader {
    const reader_words *words;
    const char *const *name; /* of value, and then of level */
    size_t values;
    const char *at;
    reader_row row;
    int failed;
} rule_reader;

static int reader_eat(rule_reader *r, const char *word)
{
    const size_t length = word ? strlen(word) : 0;
    if (!length || strncmp(r->at, word, length) != 0) {
        return 0;
    }
    r->at += length;
    return 1;
}

static size_t reader_column(rule_reader *r)
{
    for (size_t c = 0; c <= r->values; c++) {
        if (reader_eat(r, r->name[c])) {
            return c;
        }
    }
    r->failed = 1;
    return 0;
}

static double reader_number(rule_reader *r)
{
    char *end;
    const double value = strtod(r->at, &end);
    r->failed |= end == r->at;
    r->at = end;
    return value;
}

/* In quotes, or up to what ends a term. */
static int reader_level(rule_reader *r)
{
    const reader_words *w = r->words;
    const char *const ends[] = {w->or_leaf, w->and, w->or_unknown[0], w->or_unknown[1], w->close};
    char level[64];
    size_t n = 0;
    if (*r->at == '"') {
        for (r->at++; *r->at && (*r->at != '"' || *++r->at == '"'); r->at++) {
            level[n++] = *r->at;
        }
    } else {
        size_t length = strlen(r->at);
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            const char *end = strstr(r->at, ends[e]);
            length = end && (size_t)(end - r->at) < length ? (size_t)(end - r->at) : length;
        }
        n = length;
        memcpy(level, r->at, n);
        r->at += n;
    }
    level[n] = '\0';
    return strcmp(level, r->row.level) == 0;
}

/* What is said of a number that is known, or of a boolean. */
static int reader_value(rule_reader *r, double value)
{
    const reader_words *w = r->words;
    if (reader_eat(r, w->yes)) {
        return value == 1;
    }
    if (reader_eat(r, w->no)) {
        return value == 0;
    }
    int holds = 1, said = 0;
    if (reader_eat(r, w->over)) {
        holds &= value > reader_number(r);
        said = 1;
        if (!w->also || strncmp(r->at, w->also, strlen(w->also)) != 0 ||
            strncmp(r->at + strlen(w->also), w->at_most, strlen(w->at_most)) != 0) {
            return holds;
        }
        r->at += strlen(w->also);
    }
    if (reader_eat(r, w->at_most)) {
        holds &= value <= reader_number(r);
        said = 1;
    }
    r->failed |= !said;
    return holds;
}

static int reader_said(rule_reader *r)
{
    const reader_words *w = r->words;
    int holds = 1;
    double low = NAN;
    if (w->below && (*r->at == '-' || (*r->at >= '0' && *r->at <= '9'))) {
        low = reader_number(r);
        r->failed |= !reader_eat(r, w->below);
    }
    const size_t c = reader_column(r);
    const int known = c < r->values ? !isnan(r->row.value[c]) : r->row.level[0] != '\0';
    if (reader_eat(r, w->known)) {
        return known;
    }
    if (reader_eat(r, w->unknown)) {
        return !known;
    }
    if (c < r->values) {
        holds = reader_value(r, r->row.value[c]) && !(r->row.value[c] <= low);
    } else if (reader_eat(r, w->is_not)) {
        holds = !reader_level(r);
    } else if (reader_eat(r, w->is)) {
        holds = reader_level(r);
    } else {
        r->failed = 1;
    }
    const int unknown = reader_eat(r, w->or_unknown[0]) || reader_eat(r, w->or_unknown[1]);
    return known ? holds : unknown;
}

/* 1: the rule holds of the row, 0: it does not, -1: the text is no rule. */
static int reader_holds(const reader_words *words, const char *const *name, size_t values, const char *rule,
                        reader_row row)
{
    rule_reader r = {words, name, values, rule, row, 0};
    int any = 0;
    do {
        int all = 1;
        do {
            const int open = reader_eat(&r, words->open);
            all &= reader_said(&r);
            r.failed |= open && !reader_eat(&r, words->close);
        } while (reader_eat(&r, words->and));
        any |= all;
    } while (reader_eat(&r, words->or_leaf));
    return r.failed || *r.at ? -1 : any;
}

#endif
