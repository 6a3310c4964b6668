/* name_apart.c: names that are alike are told apart, so that none is another's or a
 * part of it: by a further trait, by their place among all, else by a number. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/place_words.h"

#include <stdlib.h>
#include <string.h>

#define MOST_ROUNDS 100

/* All names in both languages, lower case where letters have one. */
typedef struct names {
    size_t k;
    char **text[TSL_LANGS], **folded[TSL_LANGS];
} names;

static void free_names(names *n)
{
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__free_texts(n->text[lang], n->text[lang] ? n->k : 0);
        tsl__free_texts(n->folded[lang], n->folded[lang] ? n->k : 0);
    }
    *n = (names){0};
}

static char *fold(const char *text)
{
    char *folded = tsl__strdup(text);
    for (char *c = folded; c && *c; c++) {
        *c = tsl__lower(*c);
    }
    return folded;
}

/* One whom nobody is in now has no traits, and keeps the name that it had. */
static int keeps_name(const tsl__naming_plan *p, size_t s)
{
    return p->silent[s] || (p->labels->applied && p->labels->segments[s].size == 0);
}

/* A name that is too long says less. */
static tsl_status make_names_of(const tsl__naming_plan *p, size_t s, int plainly, names *out, tsl_error *err)
{
    tsl__naming *naming = &p->naming[s];
    tsl_status status = TSL_OK;
    int fits = 0;
    while (!fits) {
        fits = 1;
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            char **text = &out->text[lang][s];
            free(*text);
            TSL__NEED(*text = p->silent[s]       ? tsl__strdup("")
                              : keeps_name(p, s) ? tsl__strdup(p->labels->policy->segment[s].names[lang])
                                                 : tsl__name_make(naming, lang, plainly));
            fits = fits && (naming->count < 2 || tsl__text_width(*text) <= TSL__NAME_WIDTH);
        }
        naming->count -= (size_t)!fits;
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(out->folded[lang][s] = fold(out->text[lang][s]));
    }
done:
    return status;
}

static tsl_status make_names(const tsl__naming_plan *p, names *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int plainly = 1;
    *out = (names){.k = p->k};
    for (size_t i = 0; i < p->said_count; i++) {
        plainly = plainly && !tsl__said_is_of_average(&p->said[i]);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(out->text[lang] = tsl__alloc_zero(p->k, sizeof *out->text[lang]));
        TSL__NEED(out->folded[lang] = tsl__alloc_zero(p->k, sizeof *out->folded[lang]));
    }
    for (size_t s = 0; s < p->k; s++) {
        TSL__TRY(make_names_of(p, s, plainly, out, err));
    }
done:
    return status;
}

/* 1 where the name is the other or part of it. "Highest income" is no part of "Second-highest income". */
static int is_within(const char *name, const char *other)
{
    int place = 0, within = 0;
    for (int high = 0; high < 2; high++) {
        const char *last = tsl__place_get_word(1, high, 0);
        place = place || strncmp(name, last, strlen(last)) == 0;
    }
    for (const char *at = strstr(other, name); at && !within; at = strstr(at + 1, name)) {
        within = !(place && at > other && at[-1] == '-');
    }
    return within;
}

/* 1 where the name is that of another segment, or part of it. */
static int is_within_another(const tsl__naming_plan *p, const names *n, size_t s)
{
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        for (size_t other = 0; other < p->k; other++) {
            if (other != s && is_within(n->folded[lang][s], n->folded[lang][other])) {
                return 1;
            }
        }
    }
    return 0;
}

/* Another trait of the segment, if there is one; whole: 1: that needs no cutting. */
static tsl_status say_another(tsl__naming_plan *p, size_t s, int whole, int *taken, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < p->count && !*taken; i++) {
        TSL__TRY(p->item[i].segment == s ? tsl__said_take(p, &p->item[i], whole, taken, err) : TSL_OK);
    }
done:
    return status;
}

/* Another trait where there is one, or that there is none; *changed: 1 where that helps. */
static tsl_status say_more(tsl__naming_plan *p, size_t s, int *changed, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__naming *naming = &p->naming[s];
    int taken = 0;
    for (int whole = 1; whole >= 0 && !taken; whole--) {
        TSL__TRY(say_another(p, s, whole, &taken, err));
    }
    TSL__TRY(taken ? TSL_OK : tsl__names_say_beside(p, s, &taken, err));
    const int plain = !naming->anchored || (naming->once && !naming->returns);
    if (!taken && naming->base[0] && plain && !naming->count && !naming->plain) {
        naming->plain = taken = 1;
    }
    if (!taken) {
        TSL__TRY(tsl__rank_take(p, s, 1, &taken, err));
    }
    *changed |= taken;
done:
    return status;
}

static unsigned count_digits(size_t number)
{
    unsigned digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

typedef struct entry {
    const char *name;
    size_t segment;
} entry;

static int compare_entries(const void *pa, const void *pb)
{
    const entry *a = pa, *b = pb;
    const int order = strcmp(a->name, b->name);
    return order ? order : (a->segment > b->segment) - (a->segment < b->segment);
}

/* Segments of one name are counted: "Average 1", "Average 2". */
static tsl_status number_equals(tsl__naming_plan *p, const names *n, int lang, int *changed, tsl_error *err)
{
    tsl_status status = TSL_OK;
    entry *order = NULL;
    TSL__NEED(order = tsl__alloc(p->k, sizeof *order));
    for (size_t s = 0; s < p->k; s++) {
        order[s] = (entry){n->folded[lang][s], s};
    }
    qsort(order, p->k, sizeof *order, compare_entries);
    for (size_t begin = 0, end; begin < p->k; begin = end) {
        for (end = begin + 1; end < p->k && strcmp(order[end].name, order[begin].name) == 0; end++) {
        }
        for (size_t i = begin; i < end && end - begin > 1; i++) {
            tsl__naming *naming = &p->naming[order[i].segment];
            if (!naming->digits && !keeps_name(p, order[i].segment)) {
                naming->number = (unsigned)(i - begin + 1);
                naming->digits = count_digits(end - begin);
                naming->plain = 0;
                *changed = 1;
            }
        }
    }
done:
    free(order);
    return status;
}

static void number_within(tsl__naming_plan *p, const names *n, int *changed)
{
    for (size_t s = 0; s < p->k && p->k <= TSL__NAMES_CHECKED; s++) {
        tsl__naming *naming = &p->naming[s];
        if (!keeps_name(p, s) && is_within_another(p, n, s)) {
            naming->number++;
            naming->digits = naming->digits ? naming->digits : 1;
            *changed = 1;
        }
    }
}

static int is_equal(const tsl__naming_plan *p, const names *n, size_t a, size_t b)
{
    return strcmp(n->folded[0][a], n->folded[0][b]) == 0 && !p->naming[a].digits && !p->naming[b].digits &&
           !keeps_name(p, a) && !keeps_name(p, b);
}

/* Two of one name by what they differ in, whoever else is called so. */
static tsl_status part_equals(tsl__naming_plan *p, const names *n, int *changed, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t a = 0; a < p->k && p->k <= TSL__NAMES_CHECKED; a++) {
        size_t b = p->k, alike = 0;
        for (size_t other = 0; other < p->k; other++) {
            if (other != a && is_equal(p, n, a, other)) {
                alike++;
                b = other;
            }
        }
        TSL__TRY(alike == 1 && a < b ? tsl__names_part(p, a, b, changed, err) : TSL_OK);
    }
done:
    return status;
}

/* Tells names apart that are alike, by a further trait, else by one that others have too, else by a number. */
static tsl_status tell_apart(tsl__naming_plan *p, const names *n, int *changed, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *changed = 0;
    for (size_t s = 0; s < p->k && p->k <= TSL__NAMES_CHECKED; s++) {
        if (!keeps_name(p, s) && !p->naming[s].digits && is_within_another(p, n, s)) {
            TSL__TRY(say_more(p, s, changed, err));
        }
    }
    TSL__TRY(!*changed ? part_equals(p, n, changed, err) : TSL_OK);
    for (int lang = 0; lang < TSL_LANGS && !*changed; lang++) {
        TSL__TRY(number_equals(p, n, lang, changed, err));
    }
    if (!*changed) {
        number_within(p, n, changed);
    }
done:
    return status;
}

static tsl_status settle(tsl__naming_plan *p, names *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int changed = 1;
    *out = (names){0};
    for (size_t s = 0; s < p->k; s++) {
        if (p->naming[s].untold) { /* its own number, in as many digits as the last one has */
            p->naming[s].number = (unsigned)p->labels->policy->segment[s].number;
            p->naming[s].digits = count_digits((size_t)p->labels->policy->last_number);
        }
    }
    for (int round = 0; round < MOST_ROUNDS && changed; round++) {
        free_names(out);
        TSL__TRY(make_names(p, out, err));
        TSL__TRY(tell_apart(p, out, &changed, err));
    }
done:
    return status;
}

tsl_status tsl__names_settle(tsl__naming_plan *p, char **text[TSL_LANGS], tsl_error *err)
{
    tsl_status status = TSL_OK;
    names found = {0};
    TSL__TRY(settle(p, &found, err));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        text[lang] = found.text[lang];
        found.text[lang] = NULL;
    }
done:
    free_names(&found);
    return status;
}
