/* run_clusters.c: the clusters of a run, fitted or given, with the customers who are
 * set apart put beside them. */
#include "run/outliers.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/basis/numeric.h"
#include "feature/columns/correlation.h"
#include "model/ranked.h"
#include "run/places/identify.h"
#include "run/places/run_places.h"
#include "stat/weights.h"

#include <stdlib.h>
#include <string.h>

/* The sweep over k where clusters are found by yes/no columns and categories. */
#define FLAGS_K_MIN 3
#define FLAGS_K_MAX 6

/* What a fit of clusters is given, besides the run: of the rows of the matrix. */
typedef struct fit_input {
    const tsl_feature_matrix *matrix;
    double *weight;           /* NULL: once each */
    double *counted;          /* weight less those who are far from all; NULL: weight */
    double *value;            /* that clusters are numbered by; NULL: size */
    const char *value_name;   /* likewise */
    tsl_feature_matrix *init; /* initial centres, or NULL */
    tsl__anchors anchors;     /* count 0: none */
    double buyers;            /* customers, by weight, that the share of a place is of */
    uint64_t hash;            /* of initial centres, or of places that were given; 0: of neither */
} fit_input;

static tsl_matrix view_of(const tsl_feature_matrix *m)
{
    return (tsl_matrix){m->values, m->rows, m->cols, m->cols, TSL_F64};
}

/* The customer who stands in a row of the matrix. */
static size_t get_customer(const tsl_feature_matrix *matrix, size_t row)
{
    return matrix->customer ? matrix->customer[row] : row;
}

/* The values that clusters are numbered by, owned: of the feature asked for, else
 * of monetary_total; *value NULL: none, and they are numbered by size. */
static tsl_status get_value(const tsl_run *run, fit_input *input, tsl_error *err)
{
    const tsl_features *features = run->features;
    const tsl_feature_matrix *matrix = input->matrix;
    const char *asked = run->label_opt.value;
    size_t f = features->recipe->plain ? features->feature_count : tsl_features_get_index(features, "monetary_total");
    tsl_status status = asked ? tsl_features_get_value(features, asked, &f, err) : TSL_OK;
    if (status != TSL_OK || f == features->feature_count) {
        return status;
    }
    input->value = tsl__alloc(matrix->rows, sizeof *input->value);
    if (!input->value) {
        return tsl__error_nomem(err);
    }
    for (size_t r = 0; r < matrix->rows; r++) {
        input->value[r] = features->x[get_customer(matrix, r) * features->feature_count + f];
    }
    input->value_name = features->feature[f].name;
    return TSL_OK;
}

/* What the rows' weights are called; NULL: they count once each. */
static const char *get_weight_name(const tsl_run *run)
{
    return run->data ? run->data->weight_name : run->features->recipe->weight;
}

/* How often each customer counts, owned; *weight NULL: once each. */
static tsl_status get_weights(const tsl_run *run, double **weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *weight = NULL;
    if (!get_weight_name(run)) {
        return TSL_OK;
    }
    TSL__NEED(*weight = tsl__alloc(run->features->customers, sizeof **weight));
    TSL__TRY(tsl_features_get_weights(run->features, *weight, err));
done:
    return status;
}

/* ... of the rows of the matrix. */
static tsl_status get_row_weights(const tsl_run *run, const tsl_feature_matrix *matrix, double **weight, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(get_weights(run, weight, err));
    for (size_t r = 0; *weight && r < matrix->rows; r++) {
        (*weight)[r] = (*weight)[get_customer(matrix, r)]; /* no row comes before its customer */
    }
done:
    return status;
}

/* ---- Those who are set apart ------------------------------------------------------ */

/* What the classes are told by, for a tree of these columns (NULL: there is none); *weight: owned. */
static tsl_status open_classes(const tsl_run *run, const tsl_tree_column *column, size_t cols, tsl__class_rule *rule,
                               double **weight, tsl__classes *out, tsl_error *err)
{
    const tsl_features *features = run->features;
    tsl_status status = TSL_OK;
    TSL__TRY(get_weights(run, weight, err));
    rule->count = 0;
    if (column) {
        tsl__class_rule_make(features->recipe, column, cols, rule);
    }
    *out = (tsl__classes){.count = (int)features->recipe->class_count,
                          .rows = features->customers,
                          .of = features->apart,
                          .weight = *weight,
                          .node = rule->node,
                          .node_count = rule->count};
done:
    return status;
}

static tsl_status add_classes(tsl_run *run, tsl_error *err)
{
    const tsl_tree *tree = run->model->tree;
    tsl_status status = TSL_OK;
    tsl__class_rule rule;
    tsl__classes classes;
    double *weight = NULL;
    if (!run->features->apart) {
        return TSL_OK;
    }
    TSL__TRY(open_classes(run, tree ? tree->column : NULL, tree ? tree->cols : 0, &rule, &weight, &classes, err));
    TSL__TRY(tsl__model_add_classes(run->model, &classes, err));
done:
    free(weight);
    return status;
}

/* ---- Fitting ------------------------------------------------------------------------ */

/* Copies of the options (JSON) and of the names of value and weight (or NULL) into the model. */
static tsl_status set_texts(tsl_model *model, const char *options, const char *value, const char *weight,
                            tsl_error *err)
{
    free(model->options);
    free(model->value);
    free(model->weight);
    model->options = tsl__strdup(options);
    model->value = value ? tsl__strdup(value) : NULL;
    model->weight = weight ? tsl__strdup(weight) : NULL;
    return model->options && (model->value || !value) && (model->weight || !weight) ? TSL_OK : tsl__error_nomem(err);
}

/* What the one segment is called whose typical place alone is left: there are no others whom its customers are larger
 * or more active than, but where those are set apart who bought once. "": it is everybody's. */
static const char *get_last_code(const tsl_recipe *recipe, const tsl_model *model)
{
    int once = 0;
    for (int c = 0; c < model->class_count; c++) {
        once |= strncmp(recipe->classes[c].code, "ONCE", 4) == 0;
    }
    return once ? "REPEAT" : "";
}

/* What each group is called for good: by its place, or by the rule that sets it apart. */
static tsl_status set_codes(const tsl_run *run, const fit_input *input, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    tsl_model *model = run->model;
    tsl_status status = TSL_OK;
    const size_t placed = input->anchors.count;
    const int last = placed == 1 && !run->evolves && !run->places;
    if ((!placed || last) && !model->class_count) {
        return TSL_OK;
    }
    TSL__NEED(model->code = tsl__alloc_zero((size_t)tsl_model_get_groups(model), sizeof *model->code));
    for (int g = 0; g < tsl_model_get_groups(model); g++) {
        const char *code = g >= model->k        ? recipe->classes[g - model->k].code
                           : last               ? get_last_code(recipe, model)
                           : (size_t)g < placed ? input->anchors.code[g]
                                                : "";
        TSL__NEED(model->code[g] = tsl__strdup(code));
    }
done:
    return status;
}

static tsl_status build_model(tsl_run *run, const fit_input *input, tsl_sweep **sweep, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_feature_matrix *matrix = input->matrix;
    const tsl_matrix x = view_of(matrix);
    tsl_tree_options tree = run->tree_opt;
    tsl__tree_columns raw = {0};
    const char **column = NULL;
    int32_t *rank = NULL;
    int k = (*sweep)->candidate[(*sweep)->best].k;
    if (tree.leaves && tree.leaves < k) {
        TSL__TRY(tsl__notes_add(&(*sweep)->info.notes, "the tree has %d leaves, one a cluster, as %d are fewer than k",
                                k, tree.leaves));
        tree.leaves = k;
    }
    TSL__NEED(column = tsl__alloc(matrix->cols, sizeof *column));
    for (size_t c = 0; c < matrix->cols; c++) {
        column[c] = matrix->column[c].name;
    }
    if (!run->bare) {
        TSL__TRY(tsl__tree_columns_get(run->features, matrix->customer, matrix->rows, &raw, err));
        TSL__TRY(tsl__run_stage(run, "tree", err));
    }
    TSL__TRY((*sweep)->placed ? TSL_OK : tsl__run_rank(run, matrix, (*sweep)->assignment->label, k, &rank, err));
    const tsl__ranking ranking = {input->value, rank};
    TSL__TRY(tsl__model_build_ranked(&x, input->weight, column, *sweep, run->bare ? NULL : &raw.view, &ranking, &tree,
                                     &run->exec, &run->model, err));
    *sweep = NULL; /* the model's */
    TSL__TRY(add_classes(run, err));
    TSL__TRY(set_codes(run, input, err));
    TSL__TRY(tsl__run_identify(run, err));
done:
    free(rank);
    free(column);
    tsl__tree_columns_free(&raw);
    return status;
}

/* A note on rows that take no part. */
static tsl_status note_idle(const tsl_run *run, const fit_input *input, tsl_sweep *sweep, tsl_error *err)
{
    const size_t rows = input->matrix->rows;
    size_t idle = 0;
    for (size_t r = 0; input->weight && r < rows; r++) {
        idle += input->weight[r] == 0;
    }
    return !idle || tsl__notes_add(&sweep->info.notes,
                                   "%zu of %zu rows have a weight (%s) of 0 and take no part in "
                                   "finding the clusters",
                                   idle, rows, get_weight_name(run)) == TSL_OK
               ? TSL_OK
               : tsl__error_nomem(err);
}

/* A column that carries so much of the squared distance decides alone; of two, each carries half. */
#define HEAVY 0.5
#define HEAVY_OF_TWO 0.75
#define CARRIES 1e-9 /* a share below is that of a column that does not vary */

/* A note on a column that outweighs all others together, or beside which no other counts. */
static tsl_status note_heavy(const tsl_recipe *recipe, const tsl_feature_matrix *matrix, tsl_sweep *sweep,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t carry = 0;
    if (matrix->cols == 1 && !recipe->plain && recipe->feature_count > 1) {
        return tsl__notes_put(&sweep->info.notes, err,
                              "\"%s\" carries all of the squared distance: the clusters are bands of it alone, and no "
                              "other column counts; --basis numeric+NAME or --basis all takes others in, --exclude "
                              "leaves it out",
                              matrix->column[0].name);
    }
    for (size_t c = 0; c < matrix->cols; c++) {
        carry += sweep->column_share[c] > CARRIES;
    }
    for (size_t c = 0; c < matrix->cols && matrix->cols > 1; c++) {
        const double share = sweep->column_share[c];
        if (share > (carry == 2 ? HEAVY_OF_TWO : HEAVY)) {
            TSL__TRY(tsl__notes_add(&sweep->info.notes,
                                    "\"%s\" carries %.0f %% of the squared distance: the clusters are mostly its own; "
                                    "scale the columns, weigh them, or leave it out",
                                    matrix->column[c].name, 100 * share));
        }
    }
done:
    return status;
}

/* The customers who bought, by weight. */
static tsl_status count_buyers(const tsl_run *run, double *buyers, tsl_error *err)
{
    const tsl_features *features = run->features;
    const int never = (int)features->recipe->class_count - 1;
    tsl_status status = TSL_OK;
    double *weight = NULL;
    TSL__TRY(get_weights(run, &weight, err));
    *buyers = 0;
    for (size_t i = 0; i < features->customers; i++) {
        *buyers += features->apart && features->apart[i] == never ? 0 : tsl__weight_get(weight, i);
    }
done:
    free(weight);
    return status;
}

/* How many different rows there are, counted up to FLAGS_K_MIN. */
static int count_kinds(const tsl_feature_matrix *m)
{
    size_t kind[FLAGS_K_MIN];
    int count = 0;
    for (size_t r = 0; r < m->rows && count < FLAGS_K_MIN; r++) {
        int known = 0;
        for (int i = 0; i < count && !known; i++) {
            known = memcmp(m->values + kind[i] * m->cols, m->values + r * m->cols, m->cols * sizeof *m->values) == 0;
        }
        if (!known) {
            kind[count++] = r;
        }
    }
    return count;
}

/* Without numbers, where no k is asked for: few enough to be told apart by yes and no. */
static void limit_k(const tsl_run *run, const fit_input *input, tsl_kmeans_options *kmeans)
{
    if (!run->k_asked && !input->init && tsl__numeric_is_flags(run->features->recipe)) {
        kmeans->k_min = count_kinds(input->matrix);
        kmeans->k_max = FLAGS_K_MAX;
    }
}

/* Draws them by the places, or finds them by k-means alone; *centre: owned, what the start refers to. */
static tsl_status fit_sweep(const tsl_run *run, fit_input *input, tsl__fitted *fitted, double **centre,
                            tsl_sweep **sweep, tsl_error *err)
{
    const tsl_feature_matrix *init = input->init;
    tsl_status status = TSL_OK;
    double rows = 0;
    *fitted = (tsl__fitted){.x = view_of(input->matrix),
                            .weight = input->counted ? input->counted : input->weight,
                            .counted = input->counted ? input->counted : input->weight,
                            .everybody = input->weight,
                            .far_rows = input->counted ? run->findings->customers : 0,
                            .kmeans = run->kmeans_opt};
    TSL_DEFAULTS(start, &fitted->start);
    fitted->start.init = init ? init->values : NULL;
    fitted->start.init_count = init ? init->rows : 0;
    fitted->kmeans.scaled = run->features->recipe->settings.scale != TSL_SCALE_NONE;
    limit_k(run, input, &fitted->kmeans);
    fitted->drawn = input->anchors.count > 0;
    if (run->bare && (fitted->drawn || fitted->kmeans.k)) {
        fitted->kmeans.silhouette_rows = 0;
    }
    if (!fitted->drawn) {
        return tsl_kmeans_fit(&fitted->x, fitted->weight, &fitted->start, &fitted->kmeans, &run->exec, sweep, err);
    }
    for (size_t r = 0; r < fitted->x.rows; r++) {
        rows += tsl__weight_get(input->weight, r);
    }
    TSL__TRY(count_buyers(run, &input->buyers, err));
    const tsl__anchored_input from = {&fitted->x,      input->weight, input->buyers, run->features->apart != NULL,
                                      &fitted->kmeans, &run->exec};
    TSL__TRY(tsl__anchored_fit(&from, &input->anchors, sweep, err));
    TSL__TRY(tsl__anchored_get_start(&input->anchors, rows, &fitted->start, centre, err));
done:
    return status;
}

/* Of whom the plain sweep beside the clusters is: those who lie far from all others may take no part in it. */
static void count_plain(tsl_run *run, const tsl__fitted *fitted)
{
    size_t rows = 0;
    for (size_t r = 0; r < fitted->x.rows; r++) {
        rows += tsl__weight_get(fitted->weight, r) > 0;
    }
    if (run->plain) {
        run->plain->rows = rows;
    }
}

/* The labels of the rows of the matrix. */
static tsl_status get_labels(const tsl_assignment *assignment, const tsl_feature_matrix *matrix, int32_t **label,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*label = tsl__alloc(matrix->rows, sizeof **label));
    for (size_t r = 0; r < matrix->rows; r++) {
        (*label)[r] = assignment->label[get_customer(matrix, r)];
    }
done:
    return status;
}

/* ... with the evidence of it; natural groups have no places. */
static tsl_status fit_judged(tsl_run *run, fit_input *input, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__fitted fitted = {.drawn = 0};
    tsl_sweep *sweep = NULL;
    double *centre = NULL;
    int32_t *label = NULL;
    int natural, joined;
    TSL__TRY(tsl__outliers_find(run, input->matrix, input->weight, input->init != NULL, &input->counted, err));
    TSL__TRY(fit_sweep(run, input, &fitted, &centre, &sweep, err));
    TSL__TRY(tsl__run_build_evidence(run, &fitted, &sweep, &natural, err));
    TSL__TRY(tsl__outliers_join(run, &fitted, &sweep, &joined, err));
    count_plain(run, &fitted);
    if (fitted.drawn && !natural) { /* places give nobody a segment of his own */
        fitted.weight = input->weight;
        run->findings->left_out = 0;
    } else {
        tsl__outliers_count_in(sweep, input->weight, input->counted);
    }
    input->anchors.count = natural ? 0 : input->anchors.count;
    input->matrix = natural && fitted.wide ? fitted.wide : input->matrix;
    sweep->places = sweep->placed == 0 ? TSL_PLACES_UNKNOWN
                    : run->evolves     ? TSL_PLACES_PREVIOUS
                    : run->places      ? TSL_PLACES_GIVEN
                                       : TSL_PLACES_TYPICAL;
    TSL__TRY(tsl__run_note_places(run, &input->anchors, &sweep->info.notes, err));
    TSL__TRY(tsl__run_hold(run, input->matrix, input->weight, input->buyers, &input->anchors, sweep, err));
    TSL__TRY(tsl__numeric_note(run->features->recipe, &sweep->info.notes, err));
    TSL__TRY(note_idle(run, input, sweep, err));
    TSL__TRY(tsl__run_note_init(run, &sweep->info.notes, err));
    TSL__TRY(note_heavy(run->features->recipe, input->matrix, sweep, err));
    TSL__TRY(tsl__correlated_note(run->features->recipe, input->matrix, &run->exec, &sweep->info.notes, err));
    TSL__TRY(build_model(run, input, &sweep, err));
    TSL__TRY(get_labels(run->model->assignment, input->matrix, &label, err));
    TSL__TRY(tsl__run_build_delivered(run, &fitted, natural || joined, label, err));
done:
    tsl_feature_matrix_free(fitted.wide);
    tsl_sweep_free(sweep);
    free(centre);
    free(label);
    return status;
}

static void input_free(fit_input *input)
{
    tsl_feature_matrix_free(input->init);
    tsl__anchors_free(&input->anchors);
    free(input->value);
    free(input->weight);
    free(input->counted);
}

static tsl_status fit_model(tsl_run *run, const tsl_feature_matrix *matrix, tsl_error *err)
{
    tsl_status status = TSL_OK;
    fit_input input = {.matrix = matrix};
    TSL__TRY(get_value(run, &input, err)); /* refused before the long work */
    TSL__TRY(get_row_weights(run, matrix, &input.weight, err));
    TSL__TRY(tsl__run_get_init(run, &input.init, err));
    if (run->opt.target) {
        TSL__TRY(input.init ? tsl__error_set(err, TSL_E_OPTION, "target: segments by a tree of it begin at no centres")
                            : tsl__run_build_by_target(run, matrix, input.value, err));
        TSL__TRY(set_texts(run->model, run->opt.kept, input.value_name, NULL, err));
        goto done;
    }
    if (input.init) {
        const tsl_matrix centres = view_of(input.init);
        TSL__TRY(tsl_matrix_get_hash(&centres, &input.hash, err));
    } else {
        TSL__TRY(tsl__run_get_places(run, matrix, &input.anchors, &input.hash, err));
    }
    TSL__TRY(fit_judged(run, &input, err));
    TSL__TRY(set_texts(run->model, run->opt.kept, input.value_name, get_weight_name(run), err));
    run->model->init_hash = input.hash;
done:
    input_free(&input);
    return status;
}

/* ---- Applying ------------------------------------------------------------------------ */

/* Each row's nearest of the model's centres. */
static tsl_status predict_rows(const tsl_run *run, const tsl_feature_matrix *matrix, tsl_assignment **out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_model *model = run->given->model;
    const tsl_matrix x = view_of(matrix);
    *out = NULL;
    if (x.cols != model->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "the recipe chooses %zu columns, the model has %zu", x.cols,
                              model->cols);
    }
    if (model->by_tree) {
        return tsl__run_predict_by_tree(run, model, matrix, out, err);
    }
    TSL__NEED(*out = tsl__assignment_open(x.rows));
    TSL__TRY(tsl_kmeans_predict(&x, model->center, model->k, &run->exec, *out, err));
done:
    return status;
}

static tsl_status predict(tsl_run *run, const tsl_feature_matrix *matrix, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_features *features = run->features;
    tsl_assignment *clusters = NULL;
    TSL__TRY(predict_rows(run, matrix, &clusters, err));
    if (features->apart) {
        const tsl__classes classes = {
            .count = (int)features->recipe->class_count, .rows = features->customers, .of = features->apart};
        TSL__TRY(tsl__classes_assign(&classes, run->given->model->k, clusters, &run->assignment, err));
    } else {
        run->assignment = clusters;
        clusters = NULL;
    }
done:
    tsl__assignment_free(clusters);
    return status;
}

tsl_status tsl__run_build_clusters(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *matrix = NULL;
    TSL__TRY(tsl__run_stage(run, run->given ? "assign" : "cluster", err));
    TSL__TRY(tsl_features_get_matrix(run->features, &run->exec, &matrix, err));
    TSL__TRY(run->given ? predict(run, matrix, err) : fit_model(run, matrix, err));
done:
    tsl_feature_matrix_free(matrix);
    return status;
}

/* ---- Another tree ----------------------------------------------------------------------- */

static tsl_status explain_classes(const tsl_run *run, tsl_tree *tree, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__class_rule rule;
    tsl__classes classes;
    double *weight = NULL;
    TSL__TRY(open_classes(run, tree->column, tree->cols, &rule, &weight, &classes, err));
    TSL__TRY(tsl__classes_explain(&classes, tree, err));
done:
    free(weight);
    return status;
}

tsl_status tsl_run_build_tree(tsl_run *run, tsl_tree **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_model *model = tsl_run_get_model(run);
    const tsl_assignment *assignment = tsl_run_get_assignment(run);
    tsl_feature_matrix *matrix = NULL;
    tsl__tree_columns raw = {0};
    double *weight = NULL;
    int32_t *label = NULL;
    tsl_tree *tree = NULL;
    *out = NULL;
    tsl__error_reset(err);
    if (!model || !assignment) {
        return tsl__error_set(err, TSL_E_OPTION, "there is no assignment yet that a tree could explain");
    }
    if (model->by_tree) {
        return tsl__error_set(err, TSL_E_OPTION, "the segments are the leaves of the model's tree: there is no other");
    }
    TSL__TRY(tsl__run_stage(run, "tree", err));
    TSL__TRY(tsl_features_get_matrix(run->features, &run->exec, &matrix, err));
    TSL__TRY(tsl__tree_columns_get(run->features, matrix->customer, matrix->rows, &raw, err));
    TSL__TRY(get_row_weights(run, matrix, &weight, err));
    TSL__TRY(get_labels(assignment, matrix, &label, err));
    const tsl_matrix x = view_of(matrix);
    TSL__TRY(
        tsl_tree_fit(&x, weight, model->center, model->k, label, &raw.view, &run->tree_opt, &run->exec, &tree, err));
    TSL__TRY(run->features->apart ? explain_classes(run, tree, err) : TSL_OK);
    TSL__TRY(tsl__run_stage(run, NULL, err));
    *out = tree;
    tree = NULL;
done:
    tsl_tree_free(tree);
    tsl__tree_columns_free(&raw);
    tsl_feature_matrix_free(matrix);
    free(weight);
    free(label);
    return status;
}
