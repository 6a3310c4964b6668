/* id_list.c: the distinct ids of a table, of its shards or of its dictionary. */
#include "table/ids/id_list.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "table/cell/mask.h"
#include "table/ids/sum_proof.h"

/* Of more rows some shards will do: what is odd of many ids shows in them, and one of many rows makes its shard larger
 * than others. */
#define FEW_ROWS ((size_t)4 << 20)
#define LOOKED_AT ((size_t)16)

static tsl_status reserve(tsl__id_list *l, size_t more, tsl_error *err)
{
    void *entry = l->entry;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&entry, &l->capacity, l->count + more, sizeof *l->entry) == 0);
    l->entry = entry;
done:
    return status;
}

#define SHORT_BYTES 256 /* of an id whose spellings are looked for */

static void set_entry(tsl__id_entry *e, tsl__span id, uint64_t rows, uint32_t shard, uint32_t place)
{
    char form[SHORT_BYTES];
    unsigned traits = 0;
    const uint64_t hash = tsl__hash64(id.s, id.n, 0);
    *e = (tsl__id_entry){.form = hash, .text = hash, .rows = (uint32_t)rows, .shard = shard, .place = place};
    if (id.n <= sizeof form) {
        const size_t n = tsl__id_normalise(id, form, &traits);
        const size_t zeros = traits & TSL__ID_ZEROS ? tsl__id_count_zeros((tsl__span){form, n}) : 0;
        e->form = traits & ~(unsigned)TSL__ID_ZEROS ? tsl__hash64(form, n, 0) : hash;
        e->bare = zeros ? tsl__hash64(form + zeros, n - zeros, 0) : 0;
        e->word = (uint8_t)tsl__id_word_find(id);
    }
    e->may_be_science = tsl__id_may_be_science(id) && tsl__id_find_science(id) == TSL__ID_MAY_BE_CODE;
    e->is_code = (uint8_t)tsl__id_is_code(id);
    e->is_masked = (uint8_t)tsl__mask_is_in(id);
    e->traits = (uint16_t)traits;
}

/* One that no other stands for: of a shard that is not looked at otherwise it is listed as well. */
static int is_odd(const tsl__id_entry *e)
{
    return e->word != TSL__ID_WORD_NONE || e->may_be_science || e->sums;
}

/* The output of amounts, or TSL__NONE. */
static size_t find_amount(const tsl__reading *r)
{
    size_t i = 0;
    while (i < r->terms.plan.outputs && r->terms.plan.output[i].role != TSL_ROLE_AMOUNT) {
        i++;
    }
    return i < r->terms.plan.outputs ? i : TSL__NONE;
}

/* ---- Ids that sum up the others ------------------------------------------------ */

/* Of which rows it is asked. */
typedef struct summing {
    size_t amount; /* the output; TSL__NONE: there is none, or all of them are nothing */
    __int128 all;  /* of all rows */
} summing;

static summing find_summing(const tsl__reading *r)
{
    const summing of = {find_amount(r), tsl__id_list_get_sum(r)};
    return of.all ? of : (summing){.amount = TSL__NONE};
}

/* Most shards hold too little for it. */
static int may_sum_up(const tsl__reading *r, const summing *of, size_t shard)
{
    const __int128 all = of->all < 0 ? -of->all : of->all;
    return of->amount != TSL__NONE && (TSL__ID_SUMS + 1) * tsl__shards_get_weight(r->shards, shard) >= all;
}

/* The sum of each id, of so many. */
static __int128 *sum_ids(const int32_t *id, size_t ids, const int64_t *amount, size_t rows)
{
    __int128 *sum = tsl__alloc_zero(ids, sizeof *sum);
    for (size_t row = 0; sum && row < rows; row++) {
        sum[id[row]] += amount[row] != TSL_MISSING_INT ? amount[row] : 0;
    }
    return sum;
}

/* Of how many such ids one has this sum: n of them are each the sum of all others but each other. */
static uint8_t count_sums(const summing *of, __int128 sum)
{
    uint8_t n = TSL__ID_SUMS;
    while (n > 0 && sum * (n + 1) != of->all) {
        n--;
    }
    return n;
}

/* ---- Of shards ----------------------------------------------------------------- */

/* What is looked at of a shard. */
enum { NOTHING, ODD_IDS, ALL_IDS };

/* How far the shards are listed. */
typedef struct listing {
    size_t chosen;
    atomic_size_t shards, ids; /* that are done */
    atomic_int stop;
} listing;

#define ID_BYTES (sizeof(tsl__id_entry) + sizeof(void *)) /* with what little is held beside it */
#define TOLD_SHARE 8                                      /* of the shards: then these tell how many ids all have */

/* Where memory is limited: the ids of all shards have room, as far as those that are done tell. */
static tsl_status check_room(const tsl__reading *r, listing *of, size_t ids, tsl_error *err)
{
    const size_t listed = atomic_fetch_add(&of->ids, ids) + ids, done = atomic_fetch_add(&of->shards, 1) + 1;
    const size_t expected = listed / done * of->chosen, left = expected > listed ? expected - listed : 0;
    return done * TOLD_SHARE < of->chosen ? TSL_OK
                                          : tsl__memory_check(&(tsl_exec){.memory = r->memory}, left * ID_BYTES, err,
                                                              "the ids of %zu customers", expected);
}

static tsl_status list_shard(const tsl__reading *r, size_t number, int what, const summing *of, tsl__shard *shard,
                             tsl__id_list *l, tsl_error *err)
{
    const int may_sum = may_sum_up(r, of, number);
    tsl_status status = TSL_OK;
    uint8_t *wanted = NULL;
    uint32_t *rows = NULL;
    __int128 *sum = NULL;
    if (tsl__shards_count_rows(r->shards, number) == 0) {
        return TSL_OK;
    }
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    if (may_sum) {
        wanted[of->amount] = 1;
    }
    TSL__TRY(tsl__shard_read(r->shards, number, wanted, 0, shard, err));
    TSL__NEED(rows = tsl__alloc_zero(shard->ids, sizeof *rows));
    TSL__NEED(!may_sum || (sum = sum_ids(shard->customer, shard->ids, shard->number[of->amount], shard->rows)));
    for (size_t row = 0; row < shard->rows; row++) {
        rows[shard->customer[row]]++;
    }
    for (size_t i = 0; i < shard->ids; i++) {
        if (rows[i]) {
            TSL__TRY(reserve(l, 1, err));
            tsl__id_entry *e = &l->entry[l->count];
            set_entry(e, shard->id[i], rows[i], (uint32_t)number, (uint32_t)i);
            e->is_alone = what == ODD_IDS;
            e->sums = sum ? count_sums(of, sum[i]) : 0;
            l->count += what == ALL_IDS || is_odd(e);
        }
    }
done:
    free(wanted);
    free(rows);
    free(sum);
    return status;
}

/* What is looked at of each shard. */
static int choose_shards(const tsl__reading *r, const summing *of, uint8_t chosen[TSL__SHARDS])
{
    const size_t mean = r->rows / TSL__SHARDS;
    int partial = 0;
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        const int all = r->rows <= FEW_ROWS || s < LOOKED_AT || tsl__shards_count_rows(r->shards, s) > 2 * mean;
        const int odd = tsl__shards_has_odd(r->shards, s) || may_sum_up(r, of, s);
        chosen[s] = all ? ALL_IDS : odd ? ODD_IDS : NOTHING;
        partial |= !all;
    }
    return partial;
}

/* The lists of the shards become one, by rising shard; each is given back as soon as it is in it. */
static tsl_status join_lists(tsl__id_list *part, tsl__id_list *l, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count = 0;
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        count += part[s].count;
    }
    TSL__TRY(reserve(l, count, err));
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        if (part[s].count) {
            memcpy(l->entry + l->count, part[s].entry, part[s].count * sizeof *l->entry);
        }
        l->count += part[s].count;
        tsl__id_list_free(&part[s]);
    }
done:
    return status;
}

static tsl_status list_shards(const tsl__reading *r, const uint8_t chosen[TSL__SHARDS], const summing *sums,
                              tsl__id_list *l, tsl_error *err)
{
    tsl_status status = TSL_OK;
    listing of = {.chosen = 0};
    tsl__id_list *part = NULL;
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        of.chosen += chosen[s] != NOTHING;
    }
    TSL__NEED(part = tsl__alloc_zero(TSL__SHARDS, sizeof *part));
#pragma omp parallel num_threads(r->threads)
    {
        tsl__shard shard = {.rows = 0};
        tsl_status own = TSL_OK;
        tsl_error own_err;
#pragma omp for schedule(dynamic, 1)
        for (size_t s = 0; s < TSL__SHARDS; s++) {
            if (!chosen[s] || atomic_load(&of.stop)) {
                continue;
            }
            own = list_shard(r, s, chosen[s], sums, &shard, &part[s], &own_err);
            own = own == TSL_OK ? check_room(r, &of, part[s].count, &own_err) : own;
            atomic_fetch_or(&of.stop, own != TSL_OK);
        }
        tsl__shard_free(r->shards, &shard);
        if (own != TSL_OK) {
#pragma omp critical
            status = tsl__error_take(err, &own_err);
        }
    }
    TSL__TRY(status);
    TSL__TRY(join_lists(part, l, err));
done:
    for (size_t s = 0; part && s < TSL__SHARDS; s++) {
        tsl__id_list_free(&part[s]);
    }
    free(part);
    return status;
}

/* May the spellings be several: is a trait had by some ids and not by others? */
static int has_mixture(const tsl__id_list *l)
{
    unsigned some = 0, all = UINT8_MAX;
    for (size_t i = 0; i < l->count; i++) {
        some |= l->entry[i].traits;
        all &= l->entry[i].traits;
    }
    return some != all;
}

/* ---- Of columns ------------------------------------------------------------------ */

static tsl_status list_codes(const tsl__reading *r, const summing *of, tsl__id_list *l, tsl_error *err)
{
    const tsl__dict *dict = r->build[0].dict;
    const size_t count = tsl__dict_get_count(dict);
    tsl_status status = TSL_OK;
    uint32_t *rows = NULL, *used = NULL;
    __int128 *sum = NULL;
    size_t n = 0;
    TSL__NEED(of->amount == TSL__NONE ||
              (sum = sum_ids(r->build[0].code, count, r->build[of->amount].integer, r->rows)));
    TSL__NEED(rows = tsl__alloc_zero(count, sizeof *rows));
    TSL__NEED(used = tsl__alloc(count, sizeof *used));
    for (size_t row = 0; row < r->rows; row++) {
        rows[r->build[0].code[row]]++;
    }
    for (size_t code = 0; code < count; code++) {
        used[n] = (uint32_t)code;
        n += rows[code] > 0;
    }
    TSL__TRY(reserve(l, n, err));
#pragma omp parallel for num_threads(r->threads) schedule(static)
    for (size_t i = 0; i < n; i++) {
        tsl__span id;
        id.s = tsl__dict_get_text(dict, (int32_t)used[i], &id.n);
        set_entry(&l->entry[l->count + i], id, rows[used[i]], 0, used[i]);
        l->entry[l->count + i].sums = sum ? count_sums(of, sum[used[i]]) : 0;
    }
    l->count += n;
done:
    free(sum);
    free(rows);
    free(used);
    return status;
}

/* ---- The whole --------------------------------------------------------------------- */

#define COUNTED_ROWS 4096 /* of an id; more count as so many */

static tsl_status find_median(tsl__id_list *l, tsl_error *err)
{
    uint64_t *ids = tsl__alloc_zero(COUNTED_ROWS + 1, sizeof *ids), below = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(ids);
    for (size_t i = 0; i < l->own; i++) {
        ids[l->entry[i].rows < COUNTED_ROWS ? l->entry[i].rows : COUNTED_ROWS]++;
        l->rows += l->entry[i].rows;
    }
    while (l->median < COUNTED_ROWS && (below += ids[l->median]) * 2 < l->own) {
        l->median++;
    }
done:
    free(ids);
    return status;
}

static tsl_status list_known(const tsl__reading *r, tsl__id_list *l, tsl_error *err)
{
    const tsl_column *ids = r->terms.known ? tsl_table_get_role(r->terms.known, TSL_ROLE_CUSTOMER) : NULL;
    tsl_status status = TSL_OK;
    const size_t count = ids ? ids->dict_count : 0;
    TSL__TRY(reserve(l, count, err));
#pragma omp parallel for num_threads(r->threads) schedule(static)
    for (size_t i = 0; i < count; i++) {
        set_entry(&l->entry[l->count + i], tsl__span_make(ids->dict[i]), 0, TSL__ID_KNOWN, (uint32_t)i);
    }
    l->count += count;
done:
    return status;
}

tsl_status tsl__id_list_build(const tsl__reading *r, tsl__id_list *l, tsl_error *err)
{
    uint8_t chosen[TSL__SHARDS];
    const summing of = find_summing(r);
    tsl_status status = TSL_OK;
    *l = (tsl__id_list){.count = 0};
    l->partial = r->shards ? choose_shards(r, &of, chosen) : 0;
    TSL__TRY(r->shards ? list_shards(r, chosen, &of, l, err) : list_codes(r, &of, l, err));
    if (l->partial && has_mixture(l)) {
        l->partial = 0;
        l->count = 0;
        memset(chosen, ALL_IDS, sizeof chosen);
        TSL__TRY(list_shards(r, chosen, &of, l, err));
    }
    l->own = l->count;
    TSL__TRY(find_median(l, err));
    TSL__TRY(list_known(r, l, err));
done:
    return status;
}

void tsl__id_list_free(tsl__id_list *l)
{
    free(l->entry);
    *l = (tsl__id_list){.count = 0};
}

/* ---- One of them ---------------------------------------------------------------------- */

static void add_amount(tsl__id_found *found, int64_t amount)
{
    if (amount != TSL_MISSING_INT) {
        found->amount += amount;
        found->absolute += amount < 0 ? -(__int128)amount : amount;
    }
}

static tsl_status find_in_shard(const tsl__reading *r, const tsl__id_entry *e, tsl__id_found *found, tsl_error *err)
{
    const size_t amount = find_amount(r);
    tsl_status status = TSL_OK;
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    if (amount != TSL__NONE) {
        wanted[amount] = 1;
    }
    TSL__TRY(tsl__shard_read(r->shards, e->shard, wanted, 1, &shard, err));
    TSL__NEED(found->text = tsl__strndup(shard.id[e->place].s, shard.id[e->place].n));
    for (size_t row = 0; row < shard.rows; row++) {
        if ((uint32_t)shard.customer[row] != e->place) {
            continue;
        }
        if (!found->file || shard.file[row] < found->file_number ||
            (shard.file[row] == found->file_number && shard.line[row] < found->line)) {
            found->file_number = shard.file[row];
            found->file = r->place[shard.file[row]];
            found->line = shard.line[row];
        }
        if (amount != TSL__NONE) {
            add_amount(found, shard.number[amount][row]);
        }
    }
done:
    tsl__shard_free(r->shards, &shard);
    free(wanted);
    return status;
}

/* Where a row of columns stood, if that is known. */
static void find_row(const tsl__reading *r, size_t row, tsl__id_found *found)
{
    tsl__line_walk walk = {.row = 0};
    if (r->origin) {
        found->file_number = r->origin[row].file;
        found->line = r->origin[row].line;
    } else if (r->lines.rows == r->rows) { /* none of them has gone */
        while (walk.row <= row) {
            tsl__row_lines_walk(&r->lines, &walk);
        }
        found->file_number = walk.file;
        found->line = walk.line;
    } else {
        return;
    }
    found->file = r->place[found->file_number];
}

static tsl_status find_in_columns(const tsl__reading *r, const tsl__id_entry *e, tsl__id_found *found, tsl_error *err)
{
    const size_t amount = find_amount(r);
    size_t n, first = TSL__NONE;
    const char *text = tsl__dict_get_text(r->build[0].dict, (int32_t)e->place, &n);
    tsl_status status = TSL_OK;
    TSL__NEED(found->text = tsl__strndup(text, n));
    for (size_t row = 0; row < r->rows; row++) {
        if ((uint32_t)r->build[0].code[row] != e->place) {
            continue;
        }
        first = first == TSL__NONE ? row : first;
        if (amount != TSL__NONE) {
            add_amount(found, r->build[amount].integer[row]);
        }
    }
    if (first != TSL__NONE) {
        find_row(r, first, found);
    }
done:
    return status;
}

tsl_status tsl__id_list_find(const tsl__reading *r, const tsl__id_entry *e, tsl__id_found *found, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *found = (tsl__id_found){.text = NULL};
    if (e->shard == TSL__ID_KNOWN) {
        const tsl_column *ids = tsl_table_get_role(r->terms.known, TSL_ROLE_CUSTOMER);
        TSL__NEED(found->text = tsl__strdup(ids->dict[e->place]));
    } else if (r->shards) {
        TSL__TRY(find_in_shard(r, e, found, err));
    } else {
        TSL__TRY(find_in_columns(r, e, found, err));
    }
    const char *shown = tsl__shown_ids_get(&r->table->shown_ids, found->text);
    if (shown) {
        char *text = tsl__strdup(shown);
        TSL__NEED(text);
        free(found->text);
        found->text = text;
    }
done:
    return status;
}

/* The sums over all rows of the table. */
static void sum_rows(const tsl__reading *r, tsl__id_found *all)
{
    const size_t output = find_amount(r);
    *all = (tsl__id_found){.text = NULL};
    if (output == TSL__NONE) {
        return;
    }
    if (r->shards) {
        all->amount = r->sums.column[output].sum;
        all->absolute = r->sums.column[output].absolute;
    }
    for (size_t row = 0; !r->shards && row < r->rows; row++) {
        add_amount(all, r->build[output].integer[row]);
    }
}

__int128 tsl__id_list_get_sum(const tsl__reading *r)
{
    tsl__id_found all;
    sum_rows(r, &all);
    return all.amount;
}

__int128 tsl__id_list_get_absolute(const tsl__reading *r)
{
    tsl__id_found all;
    sum_rows(r, &all);
    return all.absolute;
}

static void take_steps(const int64_t *amount, size_t rows, uint64_t *step)
{
    for (size_t row = 0; row < rows; row++) {
        *step = amount[row] == TSL_MISSING_INT ? *step : tsl__step_take(*step, amount[row]);
    }
}

tsl_status tsl__id_list_find_step(const tsl__reading *r, uint64_t *step, tsl_error *err)
{
    const size_t output = find_amount(r);
    tsl_status status = TSL_OK;
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    *step = 0;
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    wanted[output] = 1;
    for (size_t s = 0; r->shards && s < TSL__SHARDS; s++) {
        TSL__TRY(tsl__shard_read(r->shards, s, wanted, 0, &shard, err));
        take_steps(shard.number[output], shard.rows, step);
    }
    if (!r->shards) {
        take_steps(r->build[output].integer, r->rows, step);
    }
done:
    tsl__shard_free(r->shards, &shard);
    free(wanted);
    return status;
}
