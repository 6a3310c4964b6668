/*
 * strategies_fill.c: each customer's row of the table of strategies. docs/methods/strategies.md.
 *
 * Of the rows that fit, the one counts that tells by more: by the segment before the tier before the stage. So a row
 * that names a segment stands before all that do not; among those that name one, and among those that do not, one that
 * names a tier before one that does not. Two that tell by the same, fit the same customers, and say different things
 * are refused. Of a potential customer with returns alone the stage counts last.
 */
#include "label/strategies/strategies.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_ROW (-1)

/* What a row tells by: one byte a code of each kind, 1 where it fits; and one more, where the code is not known. */
typedef struct reach {
    unsigned char *fits[TSL__STRATEGY_KINDS];
    int rank; /* 4 by the segment, 2 by the tier, 1 by the stage */
} reach;

typedef struct board {
    tsl_labels *labels;
    const tsl_strategies *table;
    tsl__codes codes[TSL__STRATEGY_KINDS];
    tsl__stage_columns columns;
    reach *reach; /* one a row */
    int32_t *row; /* by segment, tier, stage, each with "not known" behind */
} board;

static size_t count_places(const board *b, tsl__code_kind kind)
{
    return b->codes[kind].count + 1;
}

/* ---- What a row fits ----------------------------------------------------------------- */

static void name_row(const board *b, size_t row, char *label, size_t size)
{
    const tsl_strategy *of = &b->table->of[row];
    if (*of->where) {
        tsl__print(label, size, "%s", of->where);
    } else {
        tsl__print(label, size, "strategies: row %zu", row + 1);
    }
}

/* "vip|gold" */
static tsl_status read_codes(const board *b, size_t row, tsl__code_kind kind, const char *text, tsl_error *err)
{
    const tsl__codes *codes = &b->codes[kind];
    unsigned char *fits = b->reach[row].fits[kind];
    char label[160], place[192], code[80];
    for (size_t length; *text; text += length + (text[length] == '|')) {
        length = strcspn(text, "|");
        size_t begin = strspn(text, " "), end = length;
        while (end > begin && text[end - 1] == ' ') {
            end--;
        }
        begin = begin < end ? begin : end;
        const size_t i = tsl__codes_find(codes, text + begin, end - begin);
        tsl__print(code, sizeof code, "%.*s", (int)(end - begin), text + begin);
        if (i < codes->count) {
            fits[i] = 1;
        } else if (!tsl__code_may_come(codes, code)) {
            name_row(b, row, label, sizeof label);
            tsl__print(place, sizeof place, "%s: %s", label, tsl__code_kind_get_name(kind));
            return tsl__codes_fail(codes, place, code, err);
        }
    }
    return TSL_OK;
}

static tsl_status open_reach(const board *b, size_t row, tsl_error *err)
{
    const tsl_strategy *of = &b->table->of[row];
    const char *const texts[TSL__STRATEGY_KINDS] = {of->segment, of->tier, of->lifecycle};
    reach *r = &b->reach[row];
    tsl_status status = TSL_OK;
    for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
        const int any = strcmp(texts[kind], "*") == 0;
        TSL__NEED(r->fits[kind] = tsl__alloc_zero(count_places(b, kind), 1));
        r->rank = 2 * r->rank + !any;
        if (any) {
            memset(r->fits[kind], 1, count_places(b, kind));
        } else {
            TSL__TRY(read_codes(b, row, kind, texts[kind], err));
        }
    }
done:
    return status;
}

/* ---- The row of each place -------------------------------------------------------------- */

static int says_the_same(const tsl_strategy *x, const tsl_strategy *y)
{
    return strcmp(x->action, y->action) == 0 && strcmp(x->texts[0], y->texts[0]) == 0 &&
           strcmp(x->texts[1], y->texts[1]) == 0;
}

/* Where two rows contradict each other. */
static tsl_status fail_twice(const board *b, size_t first, size_t second, const size_t at[TSL__STRATEGY_KINDS],
                             tsl_error *err)
{
    static const char *const langs[TSL_LANGS] = {"en", "zh"};
    char one[160], other[160];
    tsl__text place = {0};
    name_row(b, first, other, sizeof other);
    name_row(b, second, one, sizeof one);
    for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
        if (b->reach[second].rank & (4 >> kind)) {
            tsl__text_printf(&place, "%s%s %s", place.length ? ", " : "", tsl__code_kind_get_name(kind),
                             b->codes[kind].text[at[kind]]);
        }
    }
    const tsl_strategy *x = &b->table->of[first], *y = &b->table->of[second];
    int lang = -1; /* of the text that differs, where the action does not */
    if (strcmp(x->action, y->action) == 0) {
        lang = strcmp(x->texts[0], y->texts[0]) == 0;
    }
    const tsl_status status =
        place.failed
            ? tsl__error_nomem(err)
            : tsl__error_set(err, TSL_E_INPUT, "%s: %s: says \"%s\" for %s, for which %s says \"%s\": which one?", one,
                             lang < 0 ? "action" : langs[lang], lang < 0 ? y->action : y->texts[lang],
                             place.length ? place.data : "all customers", other, lang < 0 ? x->action : x->texts[lang]);
    tsl__text_free(&place);
    return status;
}

static tsl_status find_row(const board *b, const size_t at[TSL__STRATEGY_KINDS], int32_t *out, tsl_error *err)
{
    int best = -1;
    *out = NO_ROW;
    for (size_t row = 0; row < b->table->count; row++) {
        const reach *r = &b->reach[row];
        int fits = 1;
        for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
            fits = fits && r->fits[kind][at[kind]];
        }
        if (fits && r->rank == best && !says_the_same(&b->table->of[*out], &b->table->of[row])) {
            return fail_twice(b, (size_t)*out, row, at, err);
        }
        if (fits && r->rank > best) {
            best = r->rank;
            *out = (int32_t)row;
        }
    }
    return TSL_OK;
}

static int32_t *get_row(const board *b, const size_t at[TSL__STRATEGY_KINDS])
{
    return &b->row[(at[TSL__CODE_SEGMENT] * count_places(b, TSL__CODE_TIER) + at[TSL__CODE_TIER]) *
                       count_places(b, TSL__CODE_STAGE) +
                   at[TSL__CODE_STAGE]];
}

/* Each place, the stages running fastest, as get_row has them. */
static tsl_status fill_board(const board *b, size_t places, tsl_error *err)
{
    const size_t tiers = count_places(b, TSL__CODE_TIER), stages = count_places(b, TSL__CODE_STAGE);
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < places; i++) {
        const size_t at[TSL__STRATEGY_KINDS] = {i / stages / tiers, i / stages % tiers, i % stages};
        TSL__TRY(find_row(b, at, get_row(b, at), err));
    }
done:
    return status;
}

static tsl_status open_board(tsl_labels *labels, board *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *b = (board){.labels = labels, .table = labels->strategies};
    if (labels->has_lifecycle) {
        b->columns = tsl__stage_columns_find(labels);
    }
    size_t places = 1;
    for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
        TSL__TRY(tsl__codes_list(labels, kind, &b->codes[kind], err));
        places *= count_places(b, kind);
    }
    TSL__NEED(b->reach = tsl__alloc_zero(b->table->count, sizeof *b->reach));
    for (size_t row = 0; row < b->table->count; row++) {
        TSL__TRY(open_reach(b, row, err));
    }
    TSL__NEED(b->row = tsl__alloc(places, sizeof *b->row));
    TSL__TRY(fill_board(b, places, err));
done:
    return status;
}

static void free_board(board *b)
{
    for (size_t row = 0; b->reach && row < b->table->count; row++) {
        for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
            free(b->reach[row].fits[kind]);
        }
    }
    for (tsl__code_kind kind = TSL__CODE_SEGMENT; kind < TSL__STRATEGY_KINDS; kind++) {
        free(b->codes[kind].text);
    }
    free(b->reach);
    free(b->row);
}

/* ---- Customers --------------------------------------------------------------------------- */

/* Where a customer stands. */
static void place_customer(const board *b, size_t i, size_t at[TSL__STRATEGY_KINDS])
{
    const tsl_labels *labels = b->labels;
    const int stage = labels->has_lifecycle ? labels->customer_stage[i] : -1;
    at[TSL__CODE_SEGMENT] = (size_t)labels->customer_segment[i] - 1;
    at[TSL__CODE_TIER] = labels->has_tiers ? (size_t)labels->customer_tier[i] : b->codes[TSL__CODE_TIER].count;
    at[TSL__CODE_STAGE] = stage < 0 ? b->codes[TSL__CODE_STAGE].count : (size_t)stage;
}

/* Whoever has returns alone bought before the tables begin: what is done to win a first purchase is not for him, so a
 * row that does not ask for the stage goes before those of potential customers. */
static int32_t find_customer_row(const board *b, size_t i, const size_t at[TSL__STRATEGY_KINDS])
{
    const tsl_labels *labels = b->labels;
    int32_t row = NO_ROW;
    if (labels->has_lifecycle && labels->customer_stage[i] == TSL_POTENTIAL &&
        !tsl__stage_is_stranger(labels->features, &b->columns, i)) {
        const size_t known[TSL__STRATEGY_KINDS] = {[TSL__CODE_SEGMENT] = at[TSL__CODE_SEGMENT],
                                                   [TSL__CODE_TIER] = at[TSL__CODE_TIER],
                                                   [TSL__CODE_STAGE] = b->codes[TSL__CODE_STAGE].count};
        row = *get_row(b, known);
    }
    return row == NO_ROW ? *get_row(b, at) : row;
}

static tsl_status place_customers(const board *b, tsl_error *err)
{
    tsl_labels *labels = b->labels;
    tsl_status status = TSL_OK;
    tsl__total *total = NULL, all = {0};
    const int money = tsl__value_is_money(labels);
    TSL__NEED(total = tsl__alloc_zero(b->table->count, sizeof *total));
    TSL__NEED(labels->strategy_use = tsl__alloc_zero(b->table->count, sizeof *labels->strategy_use));
    TSL__NEED(labels->customer_strategy = tsl__alloc(labels->customers, sizeof *labels->customer_strategy));
    for (size_t i = 0; i < labels->customers; i++) {
        size_t at[TSL__STRATEGY_KINDS];
        place_customer(b, i, at);
        const int32_t row = labels->customer_strategy[i] = find_customer_row(b, i, at);
        if (labels->value) {
            tsl__total_add(&all, labels->value[i]);
        }
        if (row != NO_ROW) {
            labels->strategy_use[row].size++;
        }
        if (row != NO_ROW && labels->value) {
            tsl__total_add(&total[row], labels->value[i]);
        }
    }
    const double sum = tsl__total_get(&all, money);
    for (size_t row = 0; row < b->table->count; row++) {
        tsl_strategy_use *use = &labels->strategy_use[row];
        use->row = &b->table->of[row];
        use->value_total = labels->value && !isnan(sum) ? tsl__total_get(&total[row], money) : (double)NAN;
        use->value_share = labels->value && sum > 0 ? use->value_total / sum : (double)NAN;
    }
done:
    free(total);
    return status;
}

/* ---- What the table leaves open ----------------------------------------------------------- */

/* Customers without a row, by tier and stage as on the board. */
static tsl_status count_idle(const board *b, uint64_t **out, tsl_error *err)
{
    const size_t stages = count_places(b, TSL__CODE_STAGE);
    uint64_t *idle = *out = tsl__alloc_zero(count_places(b, TSL__CODE_TIER) * stages, sizeof *idle);
    if (!idle) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < b->labels->customers; i++) {
        size_t at[TSL__STRATEGY_KINDS];
        place_customer(b, i, at);
        idle[at[TSL__CODE_TIER] * stages + at[TSL__CODE_STAGE]] += b->labels->customer_strategy[i] == NO_ROW;
    }
    return TSL_OK;
}

/* The tiers and stages that there can be: where there are none at all, the one that is not known. */
static tsl_status find_gaps(const board *b, tsl_error *err)
{
    tsl_labels *labels = b->labels;
    const size_t tiers = b->codes[TSL__CODE_TIER].count, stages = b->codes[TSL__CODE_STAGE].count;
    tsl_status status = TSL_OK;
    uint64_t *idle = NULL;
    TSL__TRY(count_idle(b, &idle, err));
    TSL__NEED(labels->strategy_gap = tsl__alloc((tiers + 1) * (stages + 1), sizeof *labels->strategy_gap));
    for (size_t t = labels->has_tiers ? 0 : tiers; t < (labels->has_tiers ? tiers : tiers + 1); t++) {
        for (size_t s = labels->has_lifecycle ? 0 : stages; s < (labels->has_lifecycle ? stages : stages + 1); s++) {
            const size_t at[TSL__STRATEGY_KINDS] = {b->codes[TSL__CODE_SEGMENT].count, t,
                                                    s}; /* of no certain segment */
            const uint64_t size = idle[t * (stages + 1) + s];
            if (*get_row(b, at) == NO_ROW) {
                labels->strategy_gap[labels->strategy_gap_count++] =
                    (tsl_strategy_gap){t < tiers ? (int)t : -1, s < stages ? (int)s : -1, size};
            }
        }
    }
done:
    free(idle);
    return status;
}

static tsl_status note_gaps(tsl_labels *labels, tsl_error *err)
{
    uint64_t idle = 0;
    for (size_t i = 0; i < labels->customers; i++) {
        idle += labels->customer_strategy[i] == NO_ROW;
    }
    return idle ? tsl__notes_add(&labels->notes,
                                 "strategies: no row is for %llu customer%s, who are left without action",
                                 (unsigned long long)idle, idle == 1 ? "" : "s")
                : TSL_OK;
}

/* ---- The step -------------------------------------------------------------------------------- */

/* Plain numbers are no customers, of whom something could be done. */
static tsl_status take_table(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__given_strategies_take(job->opt, labels->policy, err));
    const tsl_policy *policy = labels->policy;
    if (labels->features->recipe->plain) {
        return TSL_OK;
    }
    if (!policy->own_strategies) {
        return tsl__default_strategies_build(labels, &labels->strategies, err);
    }
    TSL__TRY(policy->strategies
                 ? tsl__strategies_copy(policy->strategies->of, policy->strategies->count, &labels->strategies, err)
                 : TSL_OK);
done:
    return status;
}

tsl_status tsl__strategies_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    board b = {.labels = labels};
    TSL__TRY(take_table(job, err));
    if (!labels->strategies) {
        goto done;
    }
    TSL__TRY(open_board(labels, &b, err));
    TSL__TRY(place_customers(&b, err));
    TSL__TRY(find_gaps(&b, err));
    TSL__TRY(note_gaps(labels, err));
done:
    free_board(&b);
    return status;
}

void tsl__strategies_drop(tsl_labels *labels)
{
    tsl_strategies_free(labels->strategies);
    free(labels->strategy_use);
    free(labels->strategy_gap);
    free(labels->customer_strategy);
}
