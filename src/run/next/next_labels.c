/* next_labels.c: tsl_next_build: labels that any tool gave customers at a cut, judged by
 * what these did in the period after it. */
#include <tesela/run.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/parallel.h"
#include "run/next/next.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Options -------------------------------------------------------------------- */

void tsl_next_defaults(tsl_next_options *opt, size_t size)
{
    tsl_partition_options labels;
    TSL_DEFAULTS(partition, &labels);
    const tsl_next_options full = {.size = sizeof full,
                                   .cut = TSL_NO_DAY,
                                   .header = labels.header,
                                   .delimiter = labels.delimiter,
                                   .encoding = labels.encoding,
                                   .labels_as_of = TSL_NO_DAY};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_next_options, days, .low = 1, .high = 36500, .unset = 1)};

const tsl_option_range *tsl_next_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_next_options *given, tsl_next_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(next, opt);
    TSL__TRY(tsl__options_take("next", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if (!tsl__day_is_valid(opt->cut)) {
        status = tsl__error_set(err, TSL_E_OPTION,
                                "cut: a day is needed, the first one that the labels know nothing of, in the years "
                                "1 to 9999");
    }
done:
    return status;
}

tsl_status tsl_next_check(const tsl_next_options *opt, tsl_error *err)
{
    tsl_next_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- The labels ----------------------------------------------------------------- */

typedef struct work {
    tsl_next_options opt;
    tsl_exec exec;
    tsl_features *features; /* as of the cut */
    unsigned char *buyer;
    tsl_partition *labels;
    int32_t *label; /* customers: of the partition, or -1 */
    int32_t noise;  /* the label that counts as none; -1: there is none */
    uint64_t unknown;
} work;

static void close_work(work *w)
{
    tsl_features_free(w->features);
    free(w->buyer);
    tsl_partition_free(w->labels);
    free(w->label);
}

static tsl_status read_labels(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_partition_options opt;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(partition, &opt);
    opt.column = w->opt.label_column;
    opt.id = w->opt.id;
    opt.header = w->opt.header;
    opt.delimiter = w->opt.delimiter;
    opt.encoding = w->opt.encoding;
    TSL__TRY(tsl_partition_read(source, &opt, &w->exec, &w->labels, err));
    if (!w->labels->id) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: has no ids (customer_id or id); labels are matched with the transactions' customers "
                              "by them",
                              w->labels->file->name);
    }
    w->noise = -1;
    for (int i = 0; w->opt.noise && i < w->labels->k; i++) {
        w->noise = strcmp(w->labels->name[i], w->opt.noise) == 0 ? i : w->noise;
    }
    if (w->opt.noise && w->noise < 0) {
        return tsl__error_set(err, TSL_E_OPTION, "noise: %s has no label \"%s\"", w->labels->file->name, w->opt.noise);
    }
done:
    return status;
}

static tsl_status match(work *w, tsl_error *err)
{
    const tsl_partition *p = w->labels;
    const size_t customers = w->features->customers;
    tsl_status status = TSL_OK;
    size_t *seen = NULL; /* row of the labels + 1 */
    TSL__NEED(seen = tsl__alloc_zero(customers, sizeof *seen));
    TSL__NEED(w->label = tsl__alloc(customers, sizeof *w->label));
    for (size_t i = 0; i < customers; i++) {
        w->label[i] = -1;
    }
    for (size_t r = 0; r < p->rows; r++) {
        const size_t i = tsl_features_get_customer(w->features, p->id[r]);
        if (i == customers) {
            w->unknown++;
            continue;
        }
        if (seen[i]) {
            status = tsl__error_set(err, TSL_E_INPUT, "%s: the same %s stands in the rows %zu and %zu", p->file->name,
                                    p->id_column, seen[i], r + 1);
            goto done;
        }
        seen[i] = r + 1;
        w->label[i] = p->label[r] == w->noise ? -1 : p->label[r];
    }
    if (w->unknown == p->rows) {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "%s: none of its %zu ids (%s) is one of the customers who were known before the cut",
                                p->file->name, p->rows, p->id_column);
    }
done:
    free(seen);
    return status;
}

/* ---- The period --------------------------------------------------------------------- */

/* Where the period ends; there are transactions before it and in it. */
static tsl_status find_until(const work *w, const tsl_table *transactions, int32_t *until, tsl_error *err)
{
    const tsl_table_info *info = tsl_table_get_info(transactions);
    const int32_t first = tsl__time_day(info->first_time), end = tsl__time_day(info->last_time) + 1;
    const int32_t cut = w->opt.cut;
    char day[11], a[11], b[11];
    *until = w->opt.days ? cut + w->opt.days : end;
    if (cut > first && cut < end) {
        return TSL_OK;
    }
    tsl_day_write(cut, day);
    tsl_day_write(first, a);
    tsl_day_write(end - 1, b);
    return tsl__error_set(err, TSL_E_OPTION,
                          "cut: %s is no day that transactions lie before and after: they go from %s to %s", day, a, b);
}

static tsl_status note_end(const tsl_table *transactions, tsl_next *next, tsl_error *err)
{
    const int32_t end = tsl__time_day(tsl_table_get_info(transactions)->last_time) + 1;
    char day[11];
    tsl_status status = TSL_OK;
    if (next->until > end) {
        tsl_day_write(end - 1, day);
        TSL__TRY(tsl__notes_add(&next->notes, "the transactions end on %s, %d day%s before the period does", day,
                                next->until - end, next->until - end == 1 ? "" : "s"));
    }
done:
    return status;
}

/* Labels that were made of the period tell it, whatever they are. */
static tsl_status note_made(const work *w, tsl_next *next, tsl_error *err)
{
    const int32_t made = w->opt.labels_as_of;
    char day[11], cut[11];
    tsl_status status = TSL_OK;
    if (made == TSL_NO_DAY) {
        TSL__TRY(tsl__notes_add(&next->notes,
                                "%s does not say when its labels were made: they must know nothing of what came after "
                                "the cut",
                                w->labels->file->name));
    } else if (made > w->opt.cut) {
        tsl_day_write(made - 1, day);
        tsl_day_write(w->opt.cut, cut);
        TSL__TRY(tsl__notes_add(&next->notes,
                                "%s was made from data up to %s, after the cut (%s): its labels know the period that "
                                "they are judged by, and the figures are no forecast",
                                w->labels->file->name, day, cut));
    }
done:
    return status;
}

/* ---- All of it ------------------------------------------------------------------------ */

/* Labels that a customer has, from 0 and in their order; their names go to the segments. */
static tsl_status open_next(work *w, tsl_next **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *place = NULL;
    int k = 0;
    TSL__NEED(place = tsl__alloc_zero((size_t)w->labels->k + 1, sizeof *place));
    for (size_t i = 0; i < w->features->customers; i++) {
        place[w->label[i] + 1] = 1;
    }
    for (int l = 1; l <= w->labels->k; l++) {
        place[l] = place[l] ? k++ : -1;
    }
    place[0] = -1;
    if (k > TSL_CLUSTERS_MAX) {
        status = tsl__error_set(err, TSL_E_INPUT, "%s: %s has %d different labels; there may be %d: is it an id?",
                                w->labels->file->name, w->labels->column, k, TSL_CLUSTERS_MAX);
        goto done;
    }
    TSL__TRY(k == 0 ? tsl__error_set(err, TSL_E_INPUT, "no customer has a label that counts") : TSL_OK);
    TSL__TRY(tsl__next_open(k, out, err));
    for (int l = 1; l <= w->labels->k; l++) {
        if (place[l] >= 0) {
            TSL__NEED((*out)->segment[place[l]].name = tsl__strdup(w->labels->name[l - 1]));
        }
    }
    for (size_t i = 0; i < w->features->customers; i++) {
        w->label[i] = place[w->label[i] + 1];
    }
    TSL__NEED((*out)->column = tsl__strdup(w->labels->column));
done:
    free(place);
    return status;
}

static tsl_status note_counts(const work *w, tsl_next *next, tsl_error *err)
{
    tsl_status status = TSL_OK;
    next->unknown = w->unknown;
    for (size_t i = 0; i < w->features->customers; i++) {
        next->unlabelled += w->buyer[i] && w->label[i] < 0;
    }
    if (next->unknown) {
        TSL__TRY(tsl__notes_add(&next->notes, "%" PRIu64 " label%s not known before the cut", next->unknown,
                                next->unknown == 1 ? " is of a customer who was" : "s are of customers who were"));
    }
    if (next->unlabelled) {
        TSL__TRY(tsl__notes_add(
            &next->notes, "%" PRIu64 " customer%s a purchase before the cut but no label, and %s left out",
            next->unlabelled, next->unlabelled == 1 ? " has" : "s have", next->unlabelled == 1 ? "is" : "are"));
    }
done:
    return status;
}

static tsl_status measure(work *w, const tsl_tables *tables, const tsl_source *labels, tsl_next **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint64_t buyers = 0;
    tsl__next_input input = {.transactions = tables->transactions, .exec = &w->exec};
    tsl_tables before = *tables;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.value_models = 0; /* labels are judged, and not made */
    TSL__TRY(find_until(w, tables->transactions, &input.until, err));
    before.as_of = w->opt.cut;
    before.clip = 1;
    TSL__TRY(read_labels(w, labels, err));
    TSL__TRY(tsl_features_build(&before, NULL, &opt, &w->exec, &w->features, err));
    TSL__TRY(tsl__next_get_buyers(w->features, &w->buyer, &buyers, err));
    TSL__TRY(match(w, err));
    TSL__TRY(open_next(w, out, err));
    input.features = w->features;
    input.segment = w->label;
    input.k = (*out)->k;
    input.buyer = w->buyer;
    TSL__TRY(tsl__next_measure(&input, *out, err));
    TSL__TRY((*out)->customers == 0
                 ? tsl__error_set(err, TSL_E_INPUT, "no customer who bought before the cut has a label")
                 : TSL_OK);
    TSL__TRY(tsl__next_get_distinct(&input, &(*out)->distinct, err));
    TSL__TRY(note_made(w, *out, err));
    TSL__TRY(note_counts(w, *out, err));
    TSL__TRY(note_end(tables->transactions, *out, err));
done:
    return status;
}

tsl_status tsl_next_build(const tsl_tables *tables, const tsl_source *labels, const tsl_next_options *opt,
                          const tsl_exec *exec, tsl_next **out, tsl_error *err)
{
    work w = {0};
    tsl_next *next = NULL;
    tsl_status status = TSL_OK;
    const double begun = tsl__clock();
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &w.opt, err));
    TSL__TRY(tsl__exec_open(exec, &w.exec, err));
    if (!tables->transactions) {
        status = tsl__error_set(err, TSL_E_OPTION, "transactions are needed: they tell what customers did next");
        goto done;
    }
    TSL__TRY(measure(&w, tables, labels, &next, err));
    next->seconds = tsl__clock() - begun;
    *out = next;
    next = NULL;
done:
    tsl_next_free(next);
    close_work(&w);
    return status;
}
