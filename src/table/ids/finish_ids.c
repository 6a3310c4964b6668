/*
 * finish_ids.c: what the distinct ids of a table show: one customer in several spellings, rows that are no customer's.
 *
 * The order of the list depends on which thread read what: whatever is chosen of it is chosen by hashes, counts and
 * texts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/slots.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/ids/id_list.h"
#include "table/ids/sum_proof.h"

#define EXAMPLES ((size_t)2)
#define SHOWN_BYTES 80

/* The forms of the least hashes. */
typedef struct least_forms {
    uint64_t form[EXAMPLES];
    size_t count;
} least_forms;

static void add_form(least_forms *l, uint64_t form)
{
    size_t at = l->count;
    while (at > 0 && form < l->form[at - 1]) {
        at--;
    }
    if (at == EXAMPLES) {
        return;
    }
    const size_t last = l->count < EXAMPLES ? l->count++ : EXAMPLES - 1;
    memmove(&l->form[at + 1], &l->form[at], (last - at) * sizeof *l->form);
    l->form[at] = form;
}

/* What was found of ids that may be one. */
typedef struct likeness {
    size_t ids; /* forms with more than one spelling */
    unsigned traits;
    least_forms example;
    uint8_t *is_twin; /* one an entry: its form has others, and this is the first that was met */
} likeness;

/* The number in slots stands for the form. */
typedef struct sought {
    const tsl__id_entry *entry;
    uint64_t form;
} sought;

static int is_form(const void *key, uint64_t number)
{
    const sought *k = key;
    return k->entry[number - 1].form == k->form;
}

static uint64_t *find_slot(const tsl__slots *slots, const tsl__id_list *l, uint64_t form)
{
    const sought key = {l->entry, form};
    return tsl__slots_find(slots, form, is_form, &key);
}

/* Forms of several spellings; of those the traits that some have and others lack. */
static tsl_status find_likeness(const tsl__reading *r, const tsl__id_list *l, tsl__slots *slots, likeness *found,
                                tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned traits = 0;
    for (size_t i = 0; i < l->count; i++) {
        traits |= l->entry[i].traits;
    }
    if (traits == 0) { /* all are forms: no two are spellings of one */
        return TSL_OK;
    }
    TSL__TRY(tsl__memory_check(&(tsl_exec){.memory = r->memory}, l->count * (4 * sizeof *slots->slot + 1), err,
                               "the spellings of the ids of %zu customers", l->count));
    TSL__NEED(tsl__slots_open(slots, 2 * l->count + 1) == 0);
    TSL__NEED(found->is_twin = tsl__alloc_zero(l->count, 1));
    for (size_t i = 0; i < l->count; i++) {
        const tsl__id_entry *e = &l->entry[i];
        uint64_t *slot = find_slot(slots, l, e->form);
        if (!*slot) {
            *slot = i + 1;
            continue;
        }
        const size_t first = *slot - 1;
        const unsigned differs = (e->traits ^ l->entry[first].traits) & ~(unsigned)TSL__ID_ZEROS;
        if (e->text == l->entry[first].text || first >= l->own) {
            continue; /* the known one; or both are, as their own table says */
        }
        found->traits |= differs ? differs : (unsigned)e->traits & (TSL__ID_CASE | TSL__ID_SPACES);
        if (!found->is_twin[first]) {
            found->is_twin[first] = 1;
            found->ids++;
            add_form(&found->example, e->form);
        }
    }
done:
    return status;
}

static int compare_found(const void *a, const void *b)
{
    const tsl__id_found *x = a, *y = b;
    const size_t n = strlen(x->text), m = strlen(y->text);
    return n != m ? (n < m ? -1 : 1) : strcmp(x->text, y->text);
}

#define MOST_SPELLINGS 8

/* The first ids of a message, as examples. */
typedef struct examples {
    tsl__found_at at[TSL__FOUND_EXAMPLES];
    char text[TSL__FOUND_EXAMPLES][SHOWN_BYTES];
    size_t count;
} examples;

static void add_example(examples *e, const tsl__id_found *id)
{
    if (e->count < TSL__FOUND_EXAMPLES) {
        tsl__span_show(tsl__span_make(id->text), e->text[e->count], SHOWN_BYTES);
        e->at[e->count] = (tsl__found_at){.file = id->file, .line = id->line, .text = e->text[e->count]};
        e->count++;
    }
}

/* `"17850" (jan.csv:2) and "17850.0" (feb.csv:2)`, the first two of a form's spellings. */
static tsl_status put_spellings(const tsl__reading *r, const tsl__id_list *l, uint64_t form, tsl__text *text,
                                examples *shown_ids, tsl_error *err)
{
    tsl__id_found found[MOST_SPELLINGS];
    size_t count = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->count && count < MOST_SPELLINGS; i++) {
        if (l->entry[i].form == form) {
            count++;
            TSL__TRY(tsl__id_list_find(r, &l->entry[i], &found[count - 1], err));
        }
    }
    qsort(found, count, sizeof *found, compare_found);
    for (size_t i = 0, put = 0; i < count && put < 2; i++) {
        char shown[SHOWN_BYTES];
        if (i > 0 && strcmp(found[i].text, found[i - 1].text) == 0) {
            continue;
        }
        tsl__text_printf(text, "%s\"%s\"", put ? " and " : "",
                         tsl__span_show(tsl__span_make(found[i].text), shown, sizeof shown));
        if (found[i].file) {
            tsl__text_printf(text, " (%.*s:%llu)", tsl__text_head(found[i].file, 180), found[i].file,
                             (unsigned long long)found[i].line);
        } else if (r->terms.known && i == 0) {
            tsl__text_puts(text, " (the customers)");
        }
        add_example(shown_ids, &found[i]);
        put++;
    }
    TSL__NEED(!text->failed);
done:
    for (size_t i = 0; i < count; i++) {
        free(found[i].text);
    }
    return status;
}

static tsl_status put_examples(const tsl__reading *r, const tsl__id_list *l, const least_forms *forms, tsl__text *text,
                               examples *shown_ids, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < forms->count; i++) {
        tsl__text_puts(text, i ? ", " : "");
        TSL__TRY(put_spellings(r, l, forms->form[i], text, shown_ids, err));
    }
done:
    return status;
}

static void put_traits(tsl__text *text, unsigned traits)
{
    const char *before = "";
    for (int bit = 0; bit < TSL__ID_TRAITS; bit++) {
        if (traits >> bit & 1) {
            tsl__text_printf(text, "%s%s", before, tsl__id_trait_get_text(bit));
            before = ", ";
        }
    }
}

/* A finding on the ids, so many of them or of their rows; where: what leaves them out, or nothing. */
static tsl_status note(tsl__reading *r, tsl_finding_kind kind, uint64_t count, const examples *ids,
                       const tsl__text *text, const tsl__text *where, tsl_error *err)
{
    tsl__found found = {
        .kind = (int)kind, .count = count, .column = r->terms.plan.output[0].name, .condition = where->data};
    memcpy(found.example, ids->at, sizeof found.example);
    return text->failed || where->failed ? tsl__error_nomem(err)
                                         : tsl__found_add(&r->table->info.notes, &found, "%s", text->data);
}

static tsl_status note_spellings(tsl__reading *r, const tsl__id_list *l, const likeness *found, tsl_error *err)
{
    tsl__text text = {0};
    examples ids = {.count = 0};
    tsl_status status = TSL_OK;
    const int one = found->ids == 1;
    if (!found->ids) {
        return TSL_OK;
    }
    tsl__text_printf(&text, "%s: %zu id%s in several spellings, each of which is a customer of its own: ",
                     r->terms.plan.output[0].name, found->ids, one ? " stands" : "s stand");
    TSL__TRY(put_examples(r, l, &found->example, &text, &ids, err));
    tsl__text_puts(&text, "; they differ by ");
    put_traits(&text, found->traits);
    tsl__text_puts(&text, "; --id-normalise joins them");
    TSL__TRY(note(r, TSL_FINDING_ID_SPELLINGS, found->ids, &ids, &text, &(tsl__text){0}, err));
done:
    tsl__text_free(&text);
    return status;
}

/* What --id-normalise made of them. */
static tsl_status note_joined(const tsl__reading *r, tsl_error *err)
{
    const tsl__joined_ids joined =
        tsl__shown_ids_find_joined(&r->table->shown_ids, r->terms.known ? &r->terms.known->shown_ids : NULL);
    char one[SHOWN_BYTES], other[SHOWN_BYTES];
    const char *name = r->terms.plan.output[0].name;
    const tsl__found found = {.kind = TSL_FINDING_READ_AS, .count = joined.count, .column = name};
    return joined.count == 0
               ? TSL_OK
               : tsl__found_add(&r->table->info.notes, &found,
                                "%s: %zu id%s in several spellings, which --id-normalise joins, such as \"%s\" and "
                                "\"%s\"",
                                name, joined.count, joined.count == 1 ? " stands" : "s stand",
                                tsl__span_show(tsl__span_make(joined.one), one, sizeof one),
                                tsl__span_show(tsl__span_make(joined.other), other, sizeof other));
}

/* ---- Leading zeros that are lost --------------------------------------------------- */

/* "00123" and "123" are never joined: one of them may be another one's. */
static tsl_status note_zeros(tsl__reading *r, const tsl__id_list *l, const tsl__slots *slots, tsl_error *err)
{
    size_t ids = 0, best = TSL__NONE;
    tsl__text text = {0};
    examples shown = {.count = 0};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->count; i++) {
        const tsl__id_entry *e = &l->entry[i];
        if (!(e->traits & TSL__ID_ZEROS) || !*find_slot(slots, l, e->bare)) {
            continue;
        }
        ids++;
        best = best == TSL__NONE || e->form < l->entry[best].form ? i : best;
    }
    if (ids == 0) {
        return TSL_OK;
    }
    tsl__text_printf(&text, "%s: %zu id%s with and without leading zeros: ", r->terms.plan.output[0].name, ids,
                     ids == 1 ? " stands" : "s stand");
    TSL__TRY(put_spellings(r, l, l->entry[best].form, &text, &shown, err));
    tsl__text_puts(&text, " beside ");
    TSL__TRY(put_spellings(r, l, l->entry[best].bare, &text, &shown, err));
    tsl__text_puts(&text, "; they are customers of their own, and never joined: where a program took the zeros away, "
                          "write the column as text there");
    TSL__TRY(note(r, TSL_FINDING_LOST_ZEROS, ids, &shown, &text, &(tsl__text){0}, err));
done:
    tsl__text_free(&text);
    return status;
}

/* ---- Ids in scientific notation --------------------------------------------------------- */

/* "12E5" is a code among others, or a number that has lost digits; which of both the other ids tell. */
static tsl_status check_science(const tsl__reading *r, const tsl__id_list *l, tsl_error *err)
{
    size_t numbers = 0, codes = 0, least = TSL__NONE;
    tsl__id_found found = {.text = NULL};
    char shown[SHOWN_BYTES];
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->own; i++) {
        const tsl__id_entry *e = &l->entry[i];
        codes += e->is_code && !e->is_alone;
        numbers += e->may_be_science && !e->is_alone;
        least = e->may_be_science && (least == TSL__NONE || e->text < l->entry[least].text) ? i : least;
    }
    if (least == TSL__NONE || (codes > 0 && codes >= numbers)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__id_list_find(r, &l->entry[least], &found, err));
    TSL__TRY(tsl__error_set(
        err, TSL_E_INPUT,
        "%s:%llu: %s: \"%s\" is a number in scientific notation, whose other digits are lost, as no other ids of the "
        "column with letters tell that it is a code; write the column as text, or leave these rows out by a condition",
        found.file ? found.file : r->path, (unsigned long long)found.line, r->terms.plan.output[0].name,
        tsl__span_show(tsl__span_make(found.text), shown, sizeof shown)));
done:
    free(found.text);
    return status;
}

/* ---- Rows of no customer --------------------------------------------------------------- */

static double get_share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* `12 of 20 lines (60 %) and 45 % of the money`. */
static void put_share(const tsl__reading *r, uint64_t rows, const tsl__id_found *of, tsl__text *text)
{
    char share[32], money[32];
    tsl__shown_write(100 * get_share((double)rows, (double)r->rows), 1, share);
    tsl__text_printf(text, "%llu of %zu lines (%s %%)", (unsigned long long)rows, r->rows, share);
    if (of && of->absolute > 0) {
        tsl__shown_write(100 * get_share((double)of->absolute, (double)tsl__id_list_get_absolute(r)), 1, money);
        tsl__text_printf(text, " and %s %% of the money", money);
    }
}

/* `customer != 'guest'` */
static void put_condition(const tsl__reading *r, const char *id, tsl__text *where)
{
    tsl__text_puts(where, where->length ? " and " : "");
    tsl__expr_put_name(where, r->terms.plan.output[0].name);
    tsl__text_puts(where, " != ");
    tsl__expr_put_text(where, id);
}

static tsl_status note_nobody(tsl__reading *r, const tsl__id_entry *e, const char *why, tsl_error *err)
{
    tsl__id_found found = {.text = NULL};
    tsl__text text = {0}, where = {0};
    examples ids = {.count = 0};
    char shown[SHOWN_BYTES];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__id_list_find(r, e, &found, err));
    tsl__text_printf(&text, "%s: \"%s\" is hardly one customer, %s: ", r->terms.plan.output[0].name,
                     tsl__span_show(tsl__span_make(found.text), shown, sizeof shown), why);
    put_share(r, e->rows, &found, &text);
    if (found.file) {
        tsl__text_printf(&text, ", the first in %.*s:%llu", tsl__text_head(found.file, 180), found.file,
                         (unsigned long long)found.line);
    }
    put_condition(r, found.text, &where);
    add_example(&ids, &found);
    TSL__TRY(note(r, TSL_FINDING_NO_CUSTOMER_IDS, e->rows, &ids, &text, &where, err));
done:
    free(found.text);
    tsl__text_free(&text);
    tsl__text_free(&where);
    return status;
}

/* More than one line in twenty, and a hundred times what others have: no customer has so many. */
#define HEAVY_SHARE .05
#define HEAVY_TIMES 100
/* A number that may stand for nobody is one where it has this share, and so many times what others have. */
#define FILLER_SHARE .01
#define FILLER_TIMES 10

/* One line in ten, and many times what the others have, of whom there are many: a till, as no customer stands apart so.
 * Small tables of firms have one with a third of the lines, too, but others near it. */
#define LARGE_SHARE .1
#define LARGE_TIMES 10
#define LARGE_IDS 20
#define LARGE_FILLER_TIMES 3

static const char *tell_why(const tsl__reading *r, const tsl__id_list *l, uint64_t fourth, const tsl__id_entry *e)
{
    const double share = get_share((double)e->rows, (double)r->rows);
    const double times = get_share((double)e->rows, (double)(l->median ? l->median : 1));
    const int is_large = share > LARGE_SHARE;
    if (e->word == TSL__ID_WORD_WALK_IN) {
        return "by its name";
    }
    if (e->word == TSL__ID_WORD_AVERAGE) {
        return "but an average of other rows, by its name";
    }
    if (e->word == TSL__ID_WORD_FILLER && share > FILLER_SHARE &&
        (times > FILLER_TIMES || (is_large && times > LARGE_FILLER_TIMES))) {
        return "as it stands where there is none, and by its lines";
    }
    if (share > HEAVY_SHARE && times > HEAVY_TIMES) {
        return "by its lines, over a hundred times those of most";
    }
    return is_large && l->own >= LARGE_IDS && times > LARGE_TIMES && e->rows > LARGE_TIMES * fourth
               ? "by its lines, over ten times those of all but a few"
               : NULL;
}

static int compare_entries(const void *a, const void *b)
{
    const tsl__id_entry *x = a, *y = b;
    return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : (x->text > y->text) - (x->text < y->text);
}

#define MOST_NAMED 3

/* The lines of the id that has most of them behind the ones that are named. */
static uint64_t count_fourth(const tsl__id_list *l)
{
    uint64_t most[MOST_NAMED + 1] = {0};
    for (size_t i = 0; i < l->own; i++) {
        size_t at = MOST_NAMED + 1;
        for (; at > 0 && l->entry[i].rows > most[at - 1]; at--) {
            if (at <= MOST_NAMED) {
                most[at] = most[at - 1];
            }
        }
        if (at <= MOST_NAMED) {
            most[at] = l->entry[i].rows;
        }
    }
    return most[MOST_NAMED];
}

static tsl_status note_nobodies(tsl__reading *r, const tsl__id_list *l, tsl_error *err)
{
    tsl__id_entry most[MOST_NAMED + 1];
    size_t count = 0;
    const uint64_t fourth = count_fourth(l);
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->own && r->terms.kind != TSL_CUSTOMERS; i++) {
        if (tell_why(r, l, fourth, &l->entry[i])) {
            most[count++] = l->entry[i];
            qsort(most, count, sizeof *most, compare_entries);
            count = count > MOST_NAMED ? MOST_NAMED : count;
        }
    }
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(note_nobody(r, &most[i], tell_why(r, l, fourth, &most[i]), err));
    }
done:
    return status;
}

/* ---- Accounts to try with ----------------------------------------------------------------- */

/* Where one id in ten is called so, they are customers, in data to try with. */
#define MOST_TESTS 10
#define MOST_LISTED ((size_t)12)

/* Appends ids of accounts to try with to the condition, those of most rows first. */
static tsl_status put_tests(const tsl__reading *r, const tsl__id_list *l, tsl__text *where, examples *listed,
                            tsl_error *err)
{
    tsl__id_entry most[MOST_LISTED + 1];
    size_t count = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->own; i++) {
        if (l->entry[i].word == TSL__ID_WORD_TEST) {
            most[count++] = l->entry[i];
            qsort(most, count, sizeof *most, compare_entries);
            count = count > MOST_LISTED ? MOST_LISTED : count;
        }
    }
    for (size_t i = 0; i < count; i++) {
        tsl__id_found found = {.text = NULL};
        TSL__TRY(tsl__id_list_find(r, &most[i], &found, err));
        put_condition(r, found.text, where);
        add_example(listed, &found);
        free(found.text);
    }
done:
    return status;
}

static tsl_status note_tests(tsl__reading *r, const tsl__id_list *l, tsl_error *err)
{
    const tsl__id_entry *least = NULL;
    tsl__id_found found = {.text = NULL};
    tsl__text text = {0}, where = {0};
    examples listed = {.count = 0};
    uint64_t rows = 0;
    size_t ids = 0;
    char shown[SHOWN_BYTES];
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->own; i++) {
        if (l->entry[i].word == TSL__ID_WORD_TEST) {
            least = !least || compare_entries(&l->entry[i], least) < 0 ? &l->entry[i] : least;
            rows += l->entry[i].rows;
            ids++;
        }
    }
    if (ids == 0 || (ids > 1 && ids * MOST_TESTS > l->own)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__id_list_find(r, least, &found, err));
    tsl__text_printf(&text, "%s: %zu id%s like an account to try with, such as \"%s\": ", r->terms.plan.output[0].name,
                     ids, ids == 1 ? " looks" : "s look",
                     tsl__span_show(tsl__span_make(found.text), shown, sizeof shown));
    put_share(r, rows, NULL, &text);
    if (ids > MOST_LISTED) {
        tsl__text_printf(&text, "; of them the %zu with most lines are told", MOST_LISTED);
    }
    TSL__TRY(put_tests(r, l, &where, &listed, err));
    TSL__TRY(note(r, TSL_FINDING_TEST_ACCOUNTS, ids, &listed, &text, &where, err));
done:
    free(found.text);
    tsl__text_free(&text);
    tsl__text_free(&where);
    return status;
}

/* ---- Rows of totals --------------------------------------------------------------------------- */

/* The row leaves, whose amount is the sum of all others. */
static tsl_status leave_total(tsl__reading *r, const tsl__id_entry *e, const tsl__id_found *found, tsl_error *err)
{
    const tsl__cell_place place = {found->file ? found->file : r->place[0], found->line, r->terms.plan.output[0].name};
    tsl_status status = TSL_OK;
    uint8_t *keep = NULL;
    TSL__TRY(tsl__reject_add(&r->rejects, TSL_REJECT_TOTAL, &place, tsl__span_make(found->text), err,
                             "a row of totals: its amount is the sum of all others"));
    if (r->shards) {
        TSL__TRY(tsl__finish_drop(r, e->shard, e->place, err));
    } else {
        TSL__NEED(keep = tsl__alloc(r->rows, 1));
        for (size_t row = 0; row < r->rows; row++) {
            keep[row] = (uint32_t)r->build[0].code[row] != e->place;
        }
        tsl__finish_keep(r, keep);
    }
    const tsl__found what = {.kind = TSL_FINDING_TOTALS_ROW,
                             .count = 1,
                             .column = place.column,
                             .example = {{.file = place.file, .line = place.line, .text = found->text}}};
    TSL__TRY(tsl__found_add(
        &r->table->info.notes, &what,
        "%s: \"%s\" is no customer: the amount of its row (%.*s:%llu) is the sum of all others; the "
        "row is left out",
        place.column, found->text, tsl__text_head(place.file, 180), place.file, (unsigned long long)place.line));
done:
    free(keep);
    return status;
}

/* Is the id's sum that of all others, by the amounts alone? */
static tsl_status check_sum(const tsl__reading *r, const tsl__id_list *l, const tsl__id_entry *e, __int128 amount,
                            int *is_sum, tsl_error *err)
{
    size_t alike = 0;
    uint64_t step;
    tsl_status status = TSL_OK;
    *is_sum = 0;
    for (size_t i = 0; i < l->own; i++) {
        alike += l->entry[i].sums == e->sums;
    }
    if (e->sums != alike || (!l->partial && l->own < alike + TSL__SUM_OTHERS)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__id_list_find_step(r, &step, err));
    *is_sum = (amount < 0 ? -amount : amount) >= (__int128)TSL__SUM_STEPS * step;
done:
    return status;
}

/* A word alone proves nothing: of so many ids that are such words, each has to be the sum of those that are none. */
static tsl_status settle_total(tsl__reading *r, const tsl__id_list *l, tsl__id_entry *e, size_t totals, tsl_error *err)
{
    tsl__id_found found = {.text = NULL};
    tsl_status status = TSL_OK;
    const int is_word = e->word == TSL__ID_WORD_TOTAL;
    TSL__TRY(tsl__id_list_find(r, e, &found, err));
    int is_proven = is_word && found.amount != 0 && (__int128)(totals + 1) * found.amount == tsl__id_list_get_sum(r);
    if (!is_proven && e->sums) {
        TSL__TRY(check_sum(r, l, e, found.amount, &is_proven, err));
    }
    if (e->sums == 1 && e->rows == 1 && r->rows > 2 && is_proven) {
        TSL__TRY(leave_total(r, e, &found, err));
        e->rows = 0;
        e->form = e->text = 0;
    } else if (is_word || is_proven) {
        TSL__TRY(note_nobody(r, e,
                             !is_proven     ? "but a row of totals, by its name"
                             : e->rows == 1 ? "but a row of totals, which is the sum of all others"
                                            : "but rows of subtotals, which are the sum of all others",
                             err));
    }
done:
    free(found.text);
    return status;
}

static tsl_status settle_totals(tsl__reading *r, tsl__id_list *l, tsl_error *err)
{
    size_t totals = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < l->own; i++) {
        totals += l->entry[i].word == TSL__ID_WORD_TOTAL;
    }
    for (size_t i = 0; i < l->own && r->terms.kind != TSL_CUSTOMERS; i++) {
        const int may_be_total = l->entry[i].word == TSL__ID_WORD_TOTAL || l->entry[i].sums;
        TSL__TRY(may_be_total ? settle_total(r, l, &l->entry[i], totals, err) : TSL_OK);
    }
done:
    return status;
}

tsl_status tsl__finish_ids(tsl__reading *r, tsl_error *err)
{
    tsl__id_list list = {.count = 0};
    tsl__slots slots = {.count = 0};
    likeness found = {.ids = 0};
    tsl_status status = TSL_OK;
    if (r->rows == 0 || tsl__plan_has_row_ids(&r->terms.plan)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__id_list_build(r, &list, err));
    TSL__TRY(check_science(r, &list, err));
    TSL__TRY(find_likeness(r, &list, &slots, &found, err));
    TSL__TRY(note_spellings(r, &list, &found, err));
    TSL__TRY(note_joined(r, err));
    TSL__TRY(note_zeros(r, &list, &slots, err));
    TSL__TRY(tsl__finish_masked(r, &list, err));
    TSL__TRY(settle_totals(r, &list, err));
    TSL__TRY(note_nobodies(r, &list, err));
    TSL__TRY(note_tests(r, &list, err));
done:
    free(found.is_twin);
    free(slots.slot);
    tsl__id_list_free(&list);
    return status;
}
