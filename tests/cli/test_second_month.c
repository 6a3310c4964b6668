/* test_second_month.c: a model of November applied to December, on Online Retail: the
 * same names and cuts, everybody with the nearest centre, and how far all has moved. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>
#include <tesela/label.h>

static const char *get_lines(void)
{
    return source("datasets/online-retail/online_retail_lines.csv.xz");
}

/* The value of a column of the core basis in clustering. */
static double map_value(const tsl_vector_column *column, double x)
{
    assert_true(column->transform == TSL_LOG1P || column->transform == TSL_LOG1P_UNITS);
    double y = column->transform == TSL_LOG1P ? log1p(x) : log1p(fmax(x, 0) / column->unit);
    y = isnan(x) ? column->fill : fmin(fmax(y, column->low), column->high);
    return (y - column->center) / column->scale * column->weight;
}

/* Squared distance of row i of the features to a centre, by the maps of the recipe. */
static double get_square(const tsl_features *f, size_t i, const tsl_model *model, const double *center)
{
    double square = 0;
    for (size_t c = 0; c < model->cols; c++) {
        double x = NAN, difference;
        for (size_t j = 0; j < f->recipe->column_count; j++) {
            const tsl_vector_column *column = &f->recipe->column[j];
            if (column->weight > 0 && strcmp(column->name, model->column[c]) == 0) {
                x = map_value(column, f->x[i * f->feature_count + column->feature]);
            }
        }
        assert_true(!isnan(x));
        difference = x - center[c];
        square += difference * difference;
    }
    return square;
}

/* The class that sets a customer apart, or -1. */
static int get_class(const tsl_features *f, size_t i)
{
    const double *x = f->x + i * f->feature_count;
    const double days = x[tsl_features_get_index(f, "purchase_days")],
                 recency = x[tsl_features_get_index(f, "recency_days")],
                 total = x[tsl_features_get_index(f, "monetary_total")];
    for (size_t c = 0; c < f->recipe->class_count; c++) {
        const tsl_class *class = &f->recipe->classes[c];
        if (days == class->purchase_days &&
            (days == 0 || (recency > class->recency_low && recency <= class->recency_high && total > class->total_low &&
                           total <= class->total_high))) {
            return (int)c;
        }
    }
    return -1;
}

/* The field at `place` (0 the id) of a line of segments.csv, whose ids are plain, up to the name. */
static double get_field(const char *line, int place)
{
    for (; place > 0; place--) {
        line = strchr(line, ',') + 1;
    }
    return strtod(line, NULL);
}

/* Every customer of segments.csv has the segment of the class, or of the centre that is nearest. */
static void check_nearest(const char *features_path, const char *model_path, const char *segments_path)
{
    tsl_features *f = NULL;
    tsl_segmentation *given = NULL;
    assert_int_equal(tsl_features_read(&(tsl_source){.path = features_path}, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = model_path}, &given, NULL), TSL_OK);
    const tsl_model *model = given->model;
    char *text = get(segments_path, NULL);
    const char *line = strchr(text, '\n') + 1;
    for (size_t i = 0; i < f->customers; i++, line = strchr(line, '\n') + 1) {
        double least = INFINITY;
        int nearest = -1;
        for (int k = 0; k < model->k; k++) {
            double square = get_square(f, i, model, model->center + (size_t)k * model->cols);
            if (square < least) {
                least = square;
                nearest = k;
            }
        }
        nearest = get_class(f, i) < 0 ? nearest : model->k + get_class(f, i);
        assert_int_equal(strncmp(line, f->id[i], strlen(f->id[i])), 0);
        assert_int_equal((int)get_field(line, 1), nearest + 1);
        const char *name = given->policy->segment[nearest].names[0];
        const char *cell = strchr(strchr(line, ',') + 1, ',') + 1;
        assert_int_equal(strncmp(cell + (*cell == '"'), name, strlen(name)), 0);
    }
    assert_int_equal(*line, '\0');
    free(text);
    tsl_segmentation_free(given);
    tsl_features_free(f);
}

/* What of the summary's segments and tiers the model says, not the customers. */
static void check_same_policy(const json_t *then, const json_t *now)
{
    json_t *a = json_object_get(then, "segments"), *b = json_object_get(now, "segments");
    assert_int_equal(json_array_size(a), json_array_size(b));
    for (size_t s = 0; s < json_array_size(a); s++) {
        assert_true(
            json_equal(json_object_get(json_array_get(a, s), "names"), json_object_get(json_array_get(b, s), "names")));
    }
    a = json_object_get(then, "tiers");
    b = json_object_get(now, "tiers");
    for (size_t t = 0; t < json_array_size(a); t++) {
        assert_true(json_equal(json_object_get(json_array_get(a, t), "lowest"),
                               json_object_get(json_array_get(b, t), "lowest")));
    }
    assert_true(json_equal(json_object_get(then, "gap_p90_days"), json_object_get(now, "gap_p90_days")));
}

static void check_drift(const json_t *json, int customers)
{
    json_t *drift = json_object_get(json, "drift"), *features = json_object_get(drift, "features");
    size_t shifted = 0, clusters = 0, apart = 0;
    double now = 0, then = 0;
    assert_true(json_at(json, "drift.customers_now") == customers);
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *psi = json_object_get(json_array_get(features, i), "psi");
        assert_true(json_is_null(psi) || json_number_value(psi) >= 0);
        shifted += json_number_value(psi) > 0;
    }
    assert_true(shifted > 10); /* a month has passed for all of them */
    for (size_t s = 0; s < json_array_size(json_object_get(drift, "segments")); s++) {
        const json_t *segment = json_array_get(json_object_get(drift, "segments"), s);
        now += json_number_value(json_object_get(segment, "size_now"));
        then += json_number_value(json_object_get(segment, "size_then"));
        const json_t *distance = json_object_get(segment, "distance_now");
        clusters += json_number_value(distance) > 0;
        apart += json_is_null(distance); /* whom a rule tells, not their distance */
    }
    assert_true(clusters >= 4 && apart >= 1 && clusters + apart == json_array_size(json_object_get(drift, "segments")));
    assert_true(now == customers && then == json_at(json, "drift.customers_then") && then < now);
    assert_non_null(strstr(json_text_at(json, "drift.sentence.en"), "the model "));
}

static void check_months(const char *options)
{
    assert_run(0, "run --transactions %s --until 2011-11-09 %s --output november --json", get_lines(), options);
    json_t *november = get_json();
    assert_string_equal(json_text_at(november, "as_of"), "2011-11-10");
    assert_run(0, "run --transactions %s --model november/model.h5 --until 2011-12-09 --output december --json",
               get_lines());
    json_t *december = get_json();
    assert_string_equal(json_text_at(december, "as_of"), "2011-12-10");
    assert_true(json_at(december, "customers") == 4372);
    check_same_policy(november, december);
    check_drift(december, 4372);
    assert_same_file("november/model.h5", "december/model.h5");
    check_nearest("december/features.h5", "november/model.h5", "december/segments.csv");
    json_decref(november);
    json_decref(december);
    /* the same by stages */
    assert_run(0, "features --transactions %s --like november/model.h5 --until 2011-12-09 --output f.h5 --quiet",
               get_lines());
    assert_same_file("december/features.h5", "f.h5");
    assert_run(0, "label f.h5 november/model.h5 --output s.csv --quiet");
    assert_same_file("december/segments.csv", "s.csv");
    assert_run(0, "assign f.h5 november/model.h5 --output l.csv --json");
    json_t *assigned = get_json();
    check_drift(assigned, 4372);
    json_decref(assigned);
    check_nearest("f.h5", "november/model.h5", "l.csv");
    assert_run(0, "inspect december");
    assert_out("Drift: the model");
}

static void keeps_names_and_cuts(void **state)
{
    (void)state;
    check_months("");
}

static void keeps_those_of_a_k(void **state)
{
    (void)state;
    check_months("--k 5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_those_of_a_k, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(keeps_names_and_cuts, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
