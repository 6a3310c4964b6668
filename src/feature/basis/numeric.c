/* numeric.c: the basis of customers without orders: the two numbers that say most of all
 * of them; docs/methods/basis.md has the rule. */
#include "feature/basis/numeric.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/principal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TOLD 0.5   /* share of the variance: a yes/no column in disguise is above */
#define FILLED 0.5 /* share of the customers */

/* Of several columns that say as much, the first by these; within a group, by the order of the features. */
static const tsl_group preferred[TSL_GROUPS] = {TSL_VALUE, TSL_BEHAVIORAL, TSL_DEMOGRAPHIC};

/* A number that the basis may take. */
typedef struct number {
    size_t feature;
    size_t column; /* the recipe's */
    double filled; /* share of the customers of its most frequent value */
    double mean, variance;
    double told; /* the greatest squared correlation with a yes/no column or a value of a category */
} number;

typedef struct choice {
    tsl_features *features;
    size_t customers; /* that are not set apart */
    number *number;   /* in the order of preference */
    size_t count;
    size_t *flag; /* features that are yes or no, or a value of a category */
    size_t flag_count;
    double *z;       /* count: of one customer, less the mean */
    double *product; /* count x count: sums of products of two numbers */
    double *sum;     /* flag_count x count: of a number over those who have the flag */
    double *having;  /* flag_count: how many they are */
} choice;

static void choice_free(choice *c)
{
    free(c->number);
    free(c->flag);
    free(c->z);
    free(c->product);
    free(c->sum);
    free(c->having);
}

static int is_passed_over(const tsl_features *features, size_t customer)
{
    return features->apart && features->apart[customer] >= 0;
}

/* ---- Which may be taken ----------------------------------------------------------- */

/* Whatever its values are. A day is a place in time, not an amount. */
static int may_take(const tsl_recipe *recipe, size_t f)
{
    const tsl_feature *feature = &recipe->feature[f];
    return !feature->profile && !feature->sensitive && !feature->outcome && feature->type != TSL_TYPE_DATE &&
           recipe->settings.weight[feature->group] > 0 &&
           !(recipe->weight && strcmp(recipe->weight, feature->name) == 0);
}

/* The column of a number, where it has more than two values and varies once they are clamped. */
static tsl_status take_number(choice *c, size_t f, tsl_error *err)
{
    const tsl__own_column how = {.first = f, .by_skewness = 1, .least_distinct = 3, .unit = 1, .part = TSL_PART_REST};
    const size_t column = c->features->recipe->column_count;
    tsl_status status = TSL_OK;
    tsl__values_look look;
    TSL__TRY(tsl__normalise_fit_extra(c->features, &how, &look, err));
    if (c->features->recipe->column_count > column) {
        c->number[c->count++] = (number){.feature = f, .column = column, .filled = look.filled};
    }
done:
    return status;
}

static int is_candidate(const tsl_recipe *recipe, size_t f, const char *wanted)
{
    return recipe->feature[f].form == TSL_FORM_NUMBER && wanted[f] && may_take(recipe, f);
}

/* Each pair of numbers is looked at. */
static tsl_status check_count(const tsl_recipe *recipe, const char *wanted, tsl_error *err)
{
    size_t count = 0;
    for (size_t f = 0; f < recipe->feature_count; f++) {
        count += (size_t)is_candidate(recipe, f, wanted);
    }
    return count <= TSL__MOST_NUMBERS
               ? TSL_OK
               : tsl__error_set(err, TSL_E_INPUT,
                                "the customers have %zu columns of numbers, and clusters are found by %d at most; name "
                                "those that matter (--select), leave the others out (columns: NAME: ignore: true), or "
                                "take all of them alike (--basis all)",
                                count, TSL__MOST_NUMBERS);
}

static tsl_status take_group(choice *c, tsl_group group, const char *wanted, tsl_error *err)
{
    const tsl_recipe *recipe = c->features->recipe;
    for (size_t f = 0; f < recipe->feature_count; f++) {
        if (recipe->feature[f].group == group && is_candidate(recipe, f, wanted)) {
            tsl_status status = take_number(c, f, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

static tsl_status take_numbers(choice *c, const char *wanted, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(check_count(c->features->recipe, wanted, err));
    TSL__NEED(c->number = tsl__alloc(c->features->feature_count, sizeof *c->number));
    for (int g = 0; g < TSL_GROUPS; g++) {
        TSL__TRY(take_group(c, preferred[g], wanted, err));
    }
done:
    return status;
}

/* ---- How they go together ------------------------------------------------------------ */

/* Also of those that are only described: a number that tells them is no amount. */
static tsl_status find_flags(choice *c, tsl_error *err)
{
    const tsl_features *features = c->features;
    tsl_status status = TSL_OK;
    TSL__NEED(c->flag = tsl__alloc(features->feature_count, sizeof *c->flag));
    for (size_t f = 0; f < features->feature_count; f++) {
        if (features->feature[f].form != TSL_FORM_NUMBER && !features->feature[f].outcome) {
            c->flag[c->flag_count++] = f;
        }
    }
    TSL__NEED(c->z = tsl__alloc_zero(c->count, sizeof *c->z));
    TSL__NEED(c->product = tsl__alloc_zero(c->count * c->count, sizeof *c->product));
    TSL__NEED(c->sum = tsl__alloc_zero(c->flag_count * c->count, sizeof *c->sum));
    TSL__NEED(c->having = tsl__alloc_zero(c->flag_count, sizeof *c->having));
done:
    return status;
}

/* A customer's numbers, less their means so far known. */
static void set_z(choice *c, size_t customer)
{
    const tsl_features *features = c->features;
    for (size_t j = 0; j < c->count; j++) {
        const number *of = &c->number[j];
        c->z[j] =
            tsl__normalise_get(&features->recipe->column[of->column], tsl__x_get(features, customer, of->feature)) -
            of->mean;
    }
}

static void add_products(choice *c, size_t customer)
{
    const size_t count = c->count;
    for (size_t i = 0; i < count; i++) {
        const double x = c->z[i];
        for (size_t j = 0; j < count; j++) {
            c->product[i * count + j] += x * c->z[j];
        }
    }
    for (size_t f = 0; f < c->flag_count; f++) {
        if (!(tsl__x_get(c->features, customer, c->flag[f]) > 0)) { /* nor where it is missing */
            continue;
        }
        c->having[f]++;
        for (size_t j = 0; j < count; j++) {
            c->sum[f * count + j] += c->z[j];
        }
    }
}

/* Both go from one customer to the next, so that threads have no part in them. */
static void set_means(choice *c)
{
    double *sum = c->product; /* lent, until it is used */
    for (size_t i = 0; i < c->features->customers; i++) {
        if (!is_passed_over(c->features, i)) {
            set_z(c, i);
            for (size_t j = 0; j < c->count; j++) {
                sum[j] += c->z[j];
            }
        }
    }
    for (size_t j = 0; j < c->count; j++) {
        c->number[j].mean = sum[j] / (double)c->customers;
        sum[j] = 0;
    }
}

static void measure(choice *c)
{
    const double n = (double)c->customers;
    set_means(c);
    for (size_t i = 0; i < c->features->customers; i++) {
        if (!is_passed_over(c->features, i)) {
            set_z(c, i);
            add_products(c, i);
        }
    }
    for (size_t j = 0; j < c->count; j++) {
        number *of = &c->number[j];
        of->variance = c->product[j * c->count + j] / n;
        for (size_t f = 0; f < c->flag_count; f++) {
            const double share = c->having[f] / n, both = c->sum[f * c->count + j] / n,
                         told = both * both / (of->variance * share * (1 - share));
            of->told = told > of->told ? told : of->told; /* not a number where one of them does not vary */
        }
    }
}

/* ---- Which are struck out, and which lead ---------------------------------------------- */

static tsl_part *get_part(const choice *c, size_t j)
{
    return &c->features->recipe->column[c->number[j].column].part;
}

static int is_told(const number *of)
{
    return of->told > TOLD;
}

static int is_filled(const number *of)
{
    return of->filled > FILLED;
}

/* ... but where nothing would be left. */
static void strike_out(const choice *c, int (*is_struck)(const number *of), tsl_part part)
{
    size_t left = 0;
    for (size_t j = 0; j < c->count; j++) {
        left += *get_part(c, j) == TSL_PART_REST && !is_struck(&c->number[j]);
    }
    for (size_t j = 0; j < c->count && left; j++) {
        if (*get_part(c, j) == TSL_PART_REST && is_struck(&c->number[j])) {
            *get_part(c, j) = part;
        }
    }
}

static double get_correlation(const choice *c, size_t i, size_t j)
{
    const double scale = sqrt(c->number[i].variance) * sqrt(c->number[j].variance);
    return !(scale > 0) ? 0 : i == j ? 1 : c->product[i * c->count + j] / (double)c->customers / scale;
}

/* Of those that are not struck out. */
static tsl_status choose_leads(const choice *c, tsl_error *err)
{
    static const tsl_part lead[] = {TSL_PART_FIRST, TSL_PART_SECOND};
    tsl_status status = TSL_OK;
    size_t *of = NULL, left = 0, which[2];
    double *r = NULL;
    TSL__NEED(of = tsl__alloc(c->count, sizeof *of));
    TSL__NEED(r = tsl__alloc(c->count * c->count, sizeof *r));
    for (size_t j = 0; j < c->count; j++) {
        if (*get_part(c, j) == TSL_PART_REST) {
            of[left++] = j;
        }
    }
    for (size_t i = 0; i < left; i++) {
        for (size_t j = 0; j < left; j++) {
            r[i * left + j] = get_correlation(c, of[i], of[j]);
        }
    }
    const size_t leads = tsl__principal_find(r, left, which);
    for (size_t i = 0; i < leads && i < 2; i++) {
        *get_part(c, of[which[i]]) = lead[i];
    }
done:
    free(of);
    free(r);
    return status;
}

/* ---- Without numbers --------------------------------------------------------------------- */

/* The yes/no columns and categories, a block each. */
static tsl_status take_flags(tsl_features *features, const char *wanted, tsl_error *err)
{
    const tsl_recipe *recipe = features->recipe;
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        const tsl__own_column how = {
            .first = f, .transform = TSL_IDENTITY, .unit = 1, .unscaled = 1, .part = TSL_PART_FLAG};
        int any = 0;
        end = tsl__block_end(recipe, f);
        for (size_t i = f; i < end; i++) {
            any = any || wanted[i];
        }
        if (any && recipe->feature[f].form != TSL_FORM_NUMBER && may_take(recipe, f)) {
            tsl_status status = tsl__normalise_fit_extra(features, &how, NULL, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

tsl_status tsl__numeric_fit(tsl_features *features, const char *wanted, tsl_error *err)
{
    tsl_status status = TSL_OK;
    choice c = {.features = features, .customers = features->customers};
    for (size_t i = 0; i < features->customers; i++) {
        c.customers -= (size_t)is_passed_over(features, i);
    }
    TSL__TRY(take_numbers(&c, wanted, err));
    if (c.count == 0) {
        TSL__TRY(take_flags(features, wanted, err));
        goto done;
    }
    TSL__TRY(find_flags(&c, err));
    if (c.count + c.flag_count > 1) {
        measure(&c);
    } else { /* a number by itself varies, and goes together with none */
        c.number[0].variance = c.product[0] = 1;
    }
    strike_out(&c, is_told, TSL_PART_TOLD);
    strike_out(&c, is_filled, TSL_PART_FILLED);
    TSL__TRY(choose_leads(&c, err));
done:
    choice_free(&c);
    return status;
}

/* ---- Asking ---------------------------------------------------------------------------------- */

int tsl__part_is_taken(tsl_part part, int wide)
{
    return part == TSL_PART_FIRST || part == TSL_PART_SECOND || part == TSL_PART_FLAG ||
           (part == TSL_PART_REST && wide);
}

int tsl__numeric_is_wide(const tsl_recipe *recipe)
{
    int wide = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        wide = wide || (column->part == TSL_PART_REST && column->weight > 0 && !column->added);
    }
    return wide;
}

static size_t count_parts(const tsl_recipe *recipe, tsl_part part)
{
    size_t count = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        count += recipe->column[c].part == part;
    }
    return count;
}

int tsl__numeric_is_flags(const tsl_recipe *recipe)
{
    return count_parts(recipe, TSL_PART_FLAG) > 0;
}

int tsl__numeric_is_sound(const tsl_recipe *recipe)
{
    const size_t first = count_parts(recipe, TSL_PART_FIRST), second = count_parts(recipe, TSL_PART_SECOND);
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const int is_number = recipe->feature[column->feature].form == TSL_FORM_NUMBER;
        if (((column->part || column->added) && !column->extra) ||
            (column->part && (recipe->basis != TSL_BASIS_NUMERIC || column->indicator ||
                              is_number == (column->part == TSL_PART_FLAG)))) {
            return 0;
        }
    }
    return first <= 1 && second <= first;
}

/* ---- Saying -------------------------------------------------------------------------------- */

/* The columns of these parts that are in the distance, or those that are not. */
static size_t put_names(tsl__text *text, const tsl_recipe *recipe, unsigned parts, int taken)
{
    size_t count = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (parts & 1u << column->part && column->extra && (column->weight > 0) == taken) {
            tsl__text_printf(text, "%s%s", count++ ? ", " : "", column->name);
        }
    }
    return count;
}

#define PART(part) (1u << TSL_PART_##part)

static void put_leads(tsl__text *text, const tsl_recipe *recipe)
{
    const size_t all =
        count_parts(recipe, TSL_PART_FIRST) + count_parts(recipe, TSL_PART_SECOND) + count_parts(recipe, TSL_PART_REST);
    tsl__text_puts(text, "clusters are found by ");
    put_names(text, recipe, PART(FIRST), 1);
    tsl__text_puts(text, count_parts(recipe, TSL_PART_SECOND) ? " and " : " alone");
    put_names(text, recipe, PART(SECOND), 1);
    if (all > 1) {
        tsl__text_printf(text,
                         count_parts(recipe, TSL_PART_SECOND)
                             ? ", which of %zu numbers tell most of all of them together"
                             : ", which of %zu numbers tells most of all of them",
                         all);
    }
    tsl__text_puts(text, "; all others describe the clusters");
}

static void put_found_by(tsl__text *text, const tsl_recipe *recipe)
{
    const unsigned numbers = PART(FIRST) | PART(SECOND) | PART(REST);
    if (tsl__numeric_is_flags(recipe)) {
        tsl__text_puts(text, "clusters are found by the yes/no columns and categories, as no number varies");
    } else if (tsl__numeric_is_wide(recipe)) {
        tsl__text_puts(text, "clusters are found by these numbers: ");
        put_names(text, recipe, numbers, 1);
    } else {
        put_leads(text, recipe);
    }
    tsl__text_puts(text, " (--basis numeric+NAME adds a column, --exclude NAME takes one out, --basis all takes all)");
}

/* The columns that are struck out. */
static tsl_status note_struck(const tsl_recipe *recipe, tsl_part part, const char *why, tsl_notes *notes,
                              tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    const size_t count = put_names(&text, recipe, 1u << part, 0);
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    if (count) {
        TSL__TRY(tsl__notes_add(notes, "clusters are not found by %s: %s", text.data, why));
    }
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__numeric_note(const tsl_recipe *recipe, tsl_notes *notes, tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    if (recipe->basis != TSL_BASIS_NUMERIC) {
        return TSL_OK;
    }
    put_found_by(&text, recipe);
    TSL__TRY(text.failed ? tsl__error_nomem(err) : tsl__notes_add(notes, "%s", text.data));
    TSL__TRY(note_struck(recipe, TSL_PART_TOLD, "a yes/no column or a value of a category tells over half of it", notes,
                         err));
    TSL__TRY(note_struck(recipe, TSL_PART_FILLED, "one value is that of over half of the customers", notes, err));
done:
    tsl__text_free(&text);
    return status;
}
