/*
 * audit.c: how sensitive columns go with segments and tiers that were not made of them.
 *
 * What clusters are found by may stand for what they were kept from: where people live for where they come from, when
 * they buy for how old they are.
 */
#include <tesela/label.h>

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/chi_square.h"
#include "stat/interval.h"
#include "stat/sort.h"
#include "table/names/header_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIFTHS 5
#define TOLD_OF 10 /* customers at least, for their cell to be told as the farthest */

static const double age_cuts[] = {25, 35, 45, 55, 65};
#define AGE_CUTS (sizeof age_cuts / sizeof *age_cuts)

void tsl_audit_free(tsl_audit *audit)
{
    for (size_t c = 0; audit && c < audit->count; c++) {
        tsl_audit_column *column = &audit->column[c];
        free(column->level);
        free(column->cut);
        free(column->size);
        free(column->segments.cell);
        free(column->tiers.cell);
    }
    if (audit) {
        free(audit->column);
        free(audit);
    }
}

/* ---- Which columns ------------------------------------------------------------------ */

static int is_age(const tsl_feature *f)
{
    return f->type == TSL_TYPE_BIRTH || (f->form == TSL_FORM_NUMBER && tsl__name_hints(f->column, TSL__HINT_AGE));
}

static int is_audited(const tsl_recipe *recipe, size_t f)
{
    const tsl_feature *feature = &recipe->feature[f];
    const int weighs = recipe->weight && strcmp(recipe->weight, feature->name) == 0;
    return *feature->column && !weighs && feature->role == TSL_ROLE_NONE &&
           (feature->sensitive || is_age(feature) || tsl__name_hints(feature->column, TSL__HINT_GENDER));
}

static int finds_clusters(const tsl_recipe *recipe, size_t first, size_t end)
{
    int finds = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        finds |= tsl__column_finds(column) && column->feature >= first && column->feature < end;
    }
    return finds;
}

/* ---- Levels of a column ----------------------------------------------------------------- */

/* Cuts of numbers at their fifths, those that part any. */
static size_t find_fifths(double *sorted, size_t known, double *cut)
{
    size_t cuts = 0;
    for (int i = 1; i < FIFTHS; i++) {
        const double at = tsl__sorted_quantile(sorted, known, (double)i / FIFTHS);
        if (at > sorted[0] && (cuts == 0 || at > cut[cuts - 1])) {
            cut[cuts++] = at;
        }
    }
    return cuts;
}

static tsl_status cut_numbers(const tsl_features *features, size_t f, tsl_audit_column *column, tsl_error *err)
{
    double *known = NULL;
    size_t count = 0, cuts = AGE_CUTS;
    tsl_status status = TSL_OK;
    TSL__NEED(column->cut = tsl__alloc(AGE_CUTS + FIFTHS, sizeof *column->cut));
    memcpy(column->cut, age_cuts, sizeof age_cuts);
    if (!is_age(&features->feature[f])) {
        TSL__NEED(known = tsl__alloc(2 * features->customers, sizeof *known));
        for (size_t i = 0; i < features->customers; i++) {
            const double x = tsl__x_get_row(features, i)[f];
            known[count] = x;
            count += isnan(x) ? 0 : 1;
        }
        tsl__sort(known, known + features->customers, count);
        cuts = count ? find_fifths(known, count, column->cut) : 0;
    }
    column->level_count = cuts + 1;
done:
    free(known);
    return status;
}

/* Of a category the levels are its features, of a yes or no 0 and 1. */
static tsl_status open_column(const tsl_features *features, size_t f, size_t end, tsl_audit_column *column,
                              tsl_error *err)
{
    const tsl_feature *feature = &features->feature[f];
    tsl_status status = TSL_OK;
    *column = (tsl_audit_column){.name = feature->form == TSL_FORM_VALUE ? feature->column : feature->name,
                                 .sensitive = feature->sensitive,
                                 .clustered = finds_clusters(features->recipe, f, end)};
    if (feature->form == TSL_FORM_VALUE) {
        TSL__NEED(column->level = tsl__alloc(end - f, sizeof *column->level));
        for (size_t i = f; i < end; i++) {
            column->level[column->level_count++] = features->feature[i].rest ? NULL : features->feature[i].level;
        }
    } else if (feature->form == TSL_FORM_BOOLEAN) {
        TSL__NEED(column->cut = tsl__alloc(1, sizeof *column->cut));
        column->cut[0] = 1;
        column->level_count = 2;
    } else {
        TSL__TRY(cut_numbers(features, f, column, err));
    }
    TSL__NEED(column->size = tsl__alloc_zero(column->level_count, sizeof *column->size));
done:
    return status;
}

/* The level of a customer; level_count: not known. */
static size_t find_level(const tsl_audit_column *column, const double *x, size_t f)
{
    size_t level = 0;
    if (column->level) {
        while (level < column->level_count && x[f + level] != 1) {
            level++;
        }
        return level;
    }
    while (level + 1 < column->level_count && x[f] >= column->cut[level]) {
        level++;
    }
    return isnan(x[f]) ? column->level_count : level;
}

/* ---- How they go together ------------------------------------------------------------------- */

/* Of so many customers a are in the group of the level's n, and b of the others' m. */
static void compare(uint64_t a, uint64_t n, uint64_t b, uint64_t m, tsl_audit_cell *cell)
{
    const double own = (double)a / (double)n, other = (double)b / (double)m;
    *cell = (tsl_audit_cell){.count = a, .share = n ? own : NAN, .ratio = NAN, .low = NAN, .high = NAN};
    if (n && m && a + b > 0) {
        cell->ratio = own / other;
    }
    if (n && m) {
        const tsl__interval around = tsl__interval_of_ratio(a, n, b, m);
        cell->low = around.low;
        cell->high = around.high;
    }
}

/* How far the interval of a ratio is from 1, on the scale of logarithms; 0: it holds 1, or is of too few to speak of.
 */
static double get_distance(const tsl_audit_cell *cell)
{
    return cell->count < TOLD_OF ? 0 : cell->low > 1 ? log(cell->low) : cell->high < 1 ? -log(cell->high) : 0;
}

static void find_farthest(size_t levels, tsl_audit_part *part)
{
    double farthest = 0;
    part->group = part->groups;
    for (size_t i = 0; i < part->groups * levels; i++) {
        const double distance = get_distance(&part->cell[i]);
        if (distance > farthest) {
            farthest = distance;
            part->group = i / levels;
            part->level = i % levels;
        }
    }
}

static size_t count_held(const double *cell, size_t rows, size_t cols, int by_row)
{
    size_t held = 0;
    for (size_t i = 0; i < (by_row ? rows : cols); i++) {
        double sum = 0;
        for (size_t j = 0; j < (by_row ? cols : rows); j++) {
            sum += by_row ? cell[i * cols + j] : cell[j * cols + i];
        }
        held += sum > 0;
    }
    return held;
}

/* count: groups x levels. */
static tsl_status measure(const uint64_t *count, size_t levels, tsl_audit_part *part, tsl_error *err)
{
    double *cell = NULL;
    double n = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(cell = tsl__alloc((part->groups + 1) * levels, sizeof *cell));
    for (size_t i = 0; i < part->groups * levels; i++) {
        cell[i] = (double)count[i];
        n += cell[i];
    }
    const size_t rows = count_held(cell, part->groups, levels, 1), cols = count_held(cell, part->groups, levels, 0);
    part->chi_square = part->degrees = part->p = part->effect = NAN;
    if (rows > 1 && cols > 1) {
        const tsl__chi_square found =
            tsl__chi_square_get(cell, part->groups, levels, levels, cell + part->groups * levels);
        part->chi_square = found.statistic;
        part->degrees = found.degrees;
        part->p = exp(found.log_p);
        part->effect = tsl__chi_square_correct(found.statistic, n, rows, cols);
    }
done:
    free(cell);
    return status;
}

/* What group each customer is in; below 0: in none. */
typedef struct grouped {
    const tsl_labels *labels;
    int by_tier;
} grouped;

static int32_t get_group(const grouped *by, size_t customer)
{
    return by->by_tier ? by->labels->customer_tier[customer] : by->labels->customer_segment[customer] - 1;
}

static tsl_status fill_part(const grouped *by, size_t f, const tsl_audit_column *column, tsl_audit_part *part,
                            tsl_error *err)
{
    const tsl_labels *labels = by->labels;
    const size_t levels = column->level_count;
    uint64_t *count = NULL, *size = NULL;
    tsl_status status = TSL_OK;
    part->groups = by->by_tier ? (labels->customer_tier ? labels->tier_count : 0) : labels->segment_count;
    TSL__NEED(part->cell = tsl__alloc_zero(part->groups * levels, sizeof *part->cell));
    TSL__NEED(count = tsl__alloc_zero(part->groups * levels + levels, sizeof *count));
    size = count + part->groups * levels; /* of the levels, of those who are in any group */
    uint64_t all = 0;
    for (size_t i = 0; part->groups && i < labels->customers; i++) {
        const size_t level = find_level(column, tsl__x_get_row(labels->features, i), f);
        const int32_t group = get_group(by, i);
        if (level < levels && group >= 0) {
            count[(size_t)group * levels + level]++;
            size[level]++;
            all++;
        }
    }
    for (size_t g = 0; g < part->groups; g++) {
        uint64_t in_group = 0;
        for (size_t l = 0; l < levels; l++) {
            in_group += count[g * levels + l];
        }
        for (size_t l = 0; l < levels; l++) {
            const uint64_t own = count[g * levels + l];
            compare(own, size[l], in_group - own, all - size[l], &part->cell[g * levels + l]);
        }
    }
    TSL__TRY(measure(count, levels, part, err));
    find_farthest(levels, part);
done:
    free(count);
    return status;
}

static tsl_status fill_column(const tsl_labels *labels, size_t f, size_t end, tsl_audit_column *column, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(open_column(labels->features, f, end, column, err));
    for (size_t i = 0; i < labels->customers; i++) {
        const size_t level = find_level(column, tsl__x_get_row(labels->features, i), f);
        column->missing += level == column->level_count;
        column->size[level < column->level_count ? level : 0] += level < column->level_count;
    }
    TSL__TRY(fill_part(&(grouped){labels, 0}, f, column, &column->segments, err));
    TSL__TRY(fill_part(&(grouped){labels, 1}, f, column, &column->tiers, err));
done:
    return status;
}

tsl_status tsl_audit_build(const tsl_labels *labels, tsl_audit **out, tsl_error *err)
{
    const tsl_recipe *recipe = labels->features->recipe;
    tsl_audit *audit = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(audit = tsl__alloc_zero(1, sizeof *audit));
    TSL__NEED(audit->column = tsl__alloc_zero(recipe->feature_count, sizeof *audit->column));
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        end = tsl__block_end(recipe, f);
        if (is_audited(recipe, f)) {
            TSL__TRY(fill_column(labels, f, end, &audit->column[audit->count++], err));
        }
    }
    *out = audit;
    audit = NULL;
done:
    tsl_audit_free(audit);
    return status;
}
