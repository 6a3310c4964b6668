/* test_segmentation.c: model.h5: recipe, model and policy in one file, read back to the
 * bit; what is damaged, of an older format, or does not belong together is refused. */
#include "label/crowds.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "feature/recipe.h"
#include "feature/recipe_file.h"
#include "feature/recipe_sample.h"
#include "label/policy.h"
#include "model/model_file.h"
#include "store/damage.h"
#include "store/scratch.h"

/* A fit, and its parts as they are written. */
typedef struct fitted {
    tsl_features *features;
    tsl_model *model;
    tsl_labels *labels;
    tsl_segmentation parts; /* views */
} fitted;

static fitted fit_crowds(int k)
{
    fitted f = {.features = make_features(0)};
    f.model = make_model(f.features, k);
    f.labels = make_labels(f.features, f.model, "en");
    f.parts = (tsl_segmentation){.recipe = f.features->recipe, .model = f.model, .policy = f.labels->policy};
    return f;
}

static void free_fitted(fitted *f)
{
    tsl_labels_free(f->labels);
    tsl_model_free(f->model);
    tsl_features_free(f->features);
}

static void write_parts(const tsl_segmentation *parts, const char *path)
{
    tsl_error err;
    if (tsl_segmentation_write(parts, &(tsl_target){.path = path, .replace = 1}, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static tsl_segmentation *read_parts(const char *path)
{
    tsl_segmentation *s = NULL;
    tsl_error err;
    if (tsl_segmentation_read(&(tsl_source){.path = path}, &s, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return s;
}

static void check_refused(const char *path, tsl_status status, const char *said)
{
    tsl_segmentation *s = (tsl_segmentation *)(uintptr_t)1;
    tsl_error err = {0};
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = path}, &s, &err), status);
    assert_null(s);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

static int same_map(const tsl_rfm_map *a, const tsl_rfm_map *b)
{
    int same = a->bins == b->bins && a->by_m == b->by_m && a->count == b->count;
    for (size_t s = 0; same && s < a->count; s++) {
        same = strcmp(a->segment[s].code, b->segment[s].code) == 0 &&
               strcmp(a->segment[s].name[0], b->segment[s].name[0]) == 0 &&
               strcmp(a->segment[s].name[1], b->segment[s].name[1]) == 0;
    }
    for (uint8_t r = 1; same && r <= a->bins; r++) {
        for (uint8_t f = 1; f <= a->bins; f++) {
            for (uint8_t m = 1; m <= a->bins; m++) {
                int32_t of[2];
                tsl_rfm_map_predict(a, &r, &f, &m, 1, &of[0]);
                tsl_rfm_map_predict(b, &r, &f, &m, 1, &of[1]);
                same = same && (!a->count || of[0] == of[1]);
            }
        }
    }
    return same;
}

static int same_policy(const tsl_policy *a, const tsl_policy *b)
{
    int same = a->segment_count == b->segment_count && !a->value == !b->value &&
               (!a->value || strcmp(a->value, b->value) == 0) && a->tier_method == b->tier_method &&
               a->tier_count == b->tier_count && a->has_lifecycle == b->has_lifecycle &&
               memcmp(&a->gap_p90, &b->gap_p90, sizeof a->gap_p90) == 0 && a->gap_learned == b->gap_learned &&
               a->new_days == b->new_days && a->lost_factor == b->lost_factor && a->shrinkage == b->shrinkage &&
               a->new_learned == b->new_learned && a->by_alive == b->by_alive && a->vocabulary == b->vocabulary &&
               a->stage_basis == b->stage_basis && memcmp(&a->levels, &b->levels, sizeof a->levels) == 0;
    for (int i = 0; same && i < TSL_STAGES * TSL_LANGS; i++) {
        const char *x = a->stage_names[i / TSL_LANGS][i % TSL_LANGS], *y = b->stage_names[i / TSL_LANGS][i % TSL_LANGS];
        same = !x == !y && (!x || strcmp(x, y) == 0);
    }
    for (size_t s = 0; same && s < a->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            same = same && strcmp(a->segment[s].names[lang], b->segment[s].names[lang]) == 0;
        }
    }
    for (size_t t = 0; same && t < a->tier_count; t++) {
        same = a->tier_size[t] == b->tier_size[t] && strcmp(a->tier_name[t].code, b->tier_name[t].code) == 0 &&
               strcmp(a->tier_name[t].names[0], b->tier_name[t].names[0]) == 0 &&
               strcmp(a->tier_name[t].names[1], b->tier_name[t].names[1]) == 0;
    }
    for (size_t t = 0; same && t + 1 < a->tier_count; t++) {
        same = a->tier_share[t] == b->tier_share[t] && a->tier_cut[t].least == b->tier_cut[t].least &&
               a->tier_cut[t].above == b->tier_cut[t].above;
    }
    same = same && a->tier_margin == b->tier_margin && a->tier_grace == b->tier_grace && a->tier_step == b->tier_step &&
           a->tiers_of_score == b->tiers_of_score && a->score.part_count == b->score.part_count &&
           a->score.column_count == b->score.column_count;
    for (size_t p = 0; same && p < a->score.part_count; p++) {
        same = strcmp(a->score_part[p], b->score_part[p]) == 0 && a->score.part_weight[p] == b->score.part_weight[p];
    }
    for (size_t c = 0; same && c < a->score.column_count; c++) {
        const tsl_score_column *one = &a->score.column[c], *other = &b->score.column[c];
        same = strcmp(a->score_feature[c], b->score_feature[c]) == 0 && one->part == other->part &&
               one->weight == other->weight && one->less == other->less &&
               memcmp(one->knot, other->knot, sizeof one->knot) == 0;
    }
    return same && same_map(&a->rfm_map, &b->rfm_map);
}

/* By all three scores; of no segments; none at all. */
static void set_map(tsl_policy *policy, int change)
{
    static const tsl_rfm_block block[] = {{1, 2, 1, 3, 1, 1, "low", {"Low", "低"}, NULL},
                                          {1, 2, 1, 3, 2, 3, "dear", {"Dear", NULL}, NULL},
                                          {3, 3, 1, 3, 0, 0, "late_1", {NULL, "近期"}, NULL}};
    if (change == 1) {
        assert_int_equal(tsl_rfm_map_build(block, 3, 3, &policy->rfm_map, NULL), TSL_OK);
    } else if (change > 1) {
        policy->rfm_map = (tsl_rfm_map){.bins = change == 2 ? 9 : 0};
    }
}

/* Two parts of three features, and tiers that fall slowly. */
static void add_score(tsl_policy *policy)
{
    static const char *const feature[] = {"monetary_total", "frequency", "recency_days"};
    assert_int_equal(tsl__policy_open_score(policy, 2, 3, NULL), TSL_OK);
    for (size_t p = 0; p < 2; p++) {
        policy->score_part[p] = tsl__strdup(p ? "habit" : "money");
        policy->score.part_weight[p] = p ? .25 : 3;
    }
    for (size_t c = 0; c < 3; c++) {
        tsl_score_column *column = &policy->score.column[c];
        policy->score_feature[c] = tsl__strdup(feature[c]);
        *column = (tsl_score_column){.part = c > 0, .weight = 1 + (double)c, .less = c == 2};
        for (int k = 0; k < TSL_SCORE_KNOTS; k++) {
            column->knot[k] = c == 1 ? (double)NAN : k / 3 * 1.5; /* nobody had any frequency */
        }
    }
    policy->tier_margin = .125;
    policy->tier_grace = 3;
    policy->tier_step = 1;
}

/* NULL, or what differs. */
static const char *difference(const tsl_segmentation *a, const tsl_segmentation *b)
{
    if (!a->recipe != !b->recipe || !a->policy != !b->policy) {
        return "parts";
    }
    const char *found = a->recipe ? recipe_difference(a->recipe, b->recipe) : NULL;
    if (found || (a->policy && !same_policy(a->policy, b->policy))) {
        return found ? found : "policy";
    }
    size_t k = (size_t)a->model->k;
    int same = a->model->k == b->model->k && a->model->cols == b->model->cols &&
               memcmp(a->model->center, b->model->center, k * a->model->cols * sizeof(double)) == 0 &&
               memcmp(a->model->size, b->model->size, k * sizeof *a->model->size) == 0 &&
               memcmp(a->model->mean_distance, b->model->mean_distance, k * sizeof(double)) == 0;
    return same ? NULL : "model";
}

/* Which file it was: its name and the hash of its bytes, from the disk, from memory. */
static void test_file(void **state)
{
    (void)state;
    enum { MOST = 1 << 20 };
    const char *path = scratch_path("m.h5");
    fitted f = fit_crowds(3);
    tsl_segmentation *s = NULL;
    write_parts(&f.parts, path);
    char hex[65], *bytes = malloc(MOST);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t size = fread(bytes, 1, MOST, file);
    assert_true(size > 0 && size < MOST);
    fclose(file);
    tsl__sha256 *hash = tsl__sha256_open();
    assert_int_equal(tsl__sha256_add(hash, bytes, size), 0);
    assert_int_equal(tsl__sha256_close(hash, hex), 0);
    const tsl_source sources[] = {{.path = path}, {.bytes = bytes, .count = size}};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(tsl_segmentation_read(&sources[i], &s, NULL), TSL_OK);
        assert_string_equal(s->file->name, i ? "bytes" : path);
        assert_string_equal(s->file->sha256, hex);
        assert_int_equal(s->file->bytes, size);
        tsl_segmentation_free(s);
    }
    free(bytes);
    free_fitted(&f);
}

/* ---- Round trips ------------------------------------------------------------------ */

static void test_round_trip(void **state)
{
    (void)state;
    const char *path = scratch_path("m.h5");
    for (int k = 1; k <= 4; k++) {
        fitted f = fit_crowds(k);
        /* an infinite cut, a method without shares, a value that is none */
        for (int change = 0; change < 4; change++) {
            if (change) {
                f.labels->policy->tier_cut[0] = (tsl_tier_cut){INFINITY, change == 2};
            }
            f.labels->policy->tier_method = (tsl_tier_method)change;
            set_map(f.labels->policy, change);
            if (change == 3) {
                add_score(f.labels->policy);
                f.labels->policy->tiers_of_score = k % 2;
            }
            write_parts(&f.parts, path);
            tsl_segmentation *back = read_parts(path);
            const char *found = difference(&f.parts, back);
            if (found) {
                fail_msg("%s differs", found);
            }
            tsl_segmentation_free(back);
        }
        free_fitted(&f);
    }
}

/* Parts that are not there: the model alone is what tsl_model_write makes. */
static void test_parts(void **state)
{
    (void)state;
    const char *path = scratch_path("m.h5");
    fitted f = fit_crowds(3);
    const tsl_segmentation parts[] = {
        {.model = f.model}, {.recipe = f.parts.recipe, .model = f.model}, {.model = f.model, .policy = f.parts.policy}};
    for (size_t i = 0; i < 3; i++) {
        write_parts(&parts[i], path);
        tsl_segmentation *back = read_parts(path);
        assert_null(difference(&parts[i], back));
        tsl_segmentation_free(back);
    }
    assert_int_equal(tsl_model_write(f.model, &(tsl_target){.path = path, .replace = 1}, NULL), TSL_OK);
    tsl_segmentation *back = read_parts(path);
    assert_null(difference(&parts[0], back));
    tsl_segmentation_free(back);
    write_parts(&f.parts, path); /* and a whole one is a model to who wants no more */
    tsl_model *model = NULL;
    assert_int_equal(tsl_model_read(&(tsl_source){.path = path}, &model, NULL), TSL_OK);
    assert_int_equal(model->k, 3);
    tsl_model_free(model);
    tsl_segmentation_free(NULL);
    free_fitted(&f);
}

/* Features have a recipe alone. */
static void test_recipe_alone(void **state)
{
    (void)state;
    const char *features = scratch_path("f.h5");
    fitted f = fit_crowds(3);
    tsl_segmentation *s = NULL;
    tsl_error err;
    assert_int_equal(tsl_features_write(f.features, &(tsl_target){.path = features}, NULL, NULL), TSL_OK);
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = features}, &s, &err), TSL_OK);
    assert_null(recipe_difference(f.features->recipe, s->recipe));
    assert_true(!s->model && !s->policy);
    tsl_segmentation_free(s);
    scratch_write(features, "a,b\n", 4);
    check_refused(features, TSL_E_FORMAT, "is no HDF5 file");
    check_refused(scratch_path("none.h5"), TSL_E_NOT_FOUND, "No such file");
    free_fitted(&f);
}

/* Labels and features from what was read: those of the fit. */
static void test_applied_from_file(void **state)
{
    (void)state;
    const char *path = scratch_path("m.h5");
    fitted f = fit_crowds(4);
    write_parts(&f.parts, path);
    tsl_segmentation *s = read_parts(path);
    tsl_labels *labels = NULL;
    assert_int_equal(tsl_labels_build(f.features, s->model, f.model->assignment, s->policy, NULL, NULL, &labels, NULL),
                     TSL_OK);
    assert_memory_equal(labels->customer_tier, f.labels->customer_tier, CUSTOMERS);
    assert_memory_equal(labels->customer_stage, f.labels->customer_stage, CUSTOMERS);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        assert_string_equal(labels->reason[i], f.labels->reason[i]);
    }
    tsl_labels_free(labels);
    tsl_segmentation_free(s);
    free_fitted(&f);
}

/* ---- Refused --------------------------------------------------------------------- */

typedef void (*change)(fitted *f);

#define CHANGE(name, statement)                                                                                        \
    static void name(fitted *f)                                                                                        \
    {                                                                                                                  \
        statement;                                                                                                     \
    }
CHANGE(no_cut, f->labels->policy->tier_cut[1].least = NAN)
CHANGE(rising_cut, f->labels->policy->tier_cut[1].least = 1e9)
CHANGE(no_grace, f->labels->policy->tier_grace = 0)
CHANGE(wide_margin, f->labels->policy->tier_margin = 2)
CHANGE(far_part, (add_score(f->labels->policy), f->labels->policy->score.column[0].part = 2))
CHANGE(no_weight, (add_score(f->labels->policy), f->labels->policy->score.column[2].weight = 0))
CHANGE(no_part_weight, (add_score(f->labels->policy), f->labels->policy->score.part_weight[1] = NAN))
CHANGE(falling_knots, (add_score(f->labels->policy), f->labels->policy->score.column[0].knot[50] = -1))
CHANGE(no_gap, f->labels->policy->gap_p90 = NAN)
CHANGE(endless_gap, f->labels->policy->gap_p90 = INFINITY)
CHANGE(negative_gap, f->labels->policy->gap_p90 = -1)
CHANGE(no_factor, f->labels->policy->lost_factor = 1)
CHANGE(negative_days, f->labels->policy->new_days = -1)
CHANGE(no_days, f->labels->policy->new_days = NAN)
CHANGE(endless_shrinkage, f->labels->policy->shrinkage = INFINITY)
CHANGE(turned_levels, f->labels->policy->levels.lost = .1)
CHANGE(no_level, f->labels->policy->levels.risk = NAN)
CHANGE(no_return, f->labels->policy->levels.back = 0)
CHANGE(no_rfm_segment, f->labels->policy->rfm_map.cell[0] = TSL_RFM_SEGMENTS)
CHANGE(no_rfm_code, f->labels->policy->rfm_map.segment[1].code[0] = '?')
CHANGE(fewer_columns, f->features->recipe->column[0].weight = 0)
CHANGE(fewer_segments, f->labels->policy->segment_count = 2)
CHANGE(other_classes, (f->features->recipe->class_count = 1,
                       f->features->recipe->classes[0] = (tsl_class){tsl__strdup("POTENTIAL"), 0, -INFINITY, INFINITY,
                                                                     -INFINITY, INFINITY}))
CHANGE(unsound_recipe, f->features->recipe->column[0].scale = 0)

static void one_number_twice(fitted *f)
{
    f->labels->policy->segment[2].number = f->labels->policy->segment[0].number;
}

static void number_beyond(fitted *f)
{
    f->labels->policy->segment[1].number = f->labels->policy->last_number + 1;
}

static void no_colour(fitted *f)
{
    f->labels->policy->segment[1].colour = -1;
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        change make;
        const char *said;
    } faults[] = {
        {no_cut, "/policy/tier_cut: the cuts do not fall"},
        {rising_cut, "/policy/tier_cut: the cuts do not fall"},
        {no_grace, "/policy/hold: margin, grace or step is out of range"},
        {wide_margin, "/policy/hold: margin, grace or step is out of range"},
        {far_part, "/policy/score: weights or percentiles are out of range"},
        {no_weight, "/policy/score: weights or percentiles are out of range"},
        {no_part_weight, "/policy/score: weights or percentiles are out of range"},
        {falling_knots, "/policy/score: weights or percentiles are out of range"},
        {no_gap, "/policy: the lifecycle's limits are out of range"},
        {endless_gap, "the lifecycle's limits are out of range"},
        {negative_gap, "the lifecycle's limits are out of range"},
        {no_factor, "the lifecycle's limits are out of range"},
        {negative_days, "the lifecycle's limits are out of range"},
        {no_days, "the lifecycle's limits are out of range"},
        {endless_shrinkage, "the lifecycle's limits are out of range"},
        {turned_levels, "the lifecycle's limits are out of range"},
        {no_level, "the lifecycle's limits are out of range"},
        {no_return, "the lifecycle's limits are out of range"},
        {no_rfm_segment, "/policy/rfm_map: is no map of RFM segments"},
        {no_rfm_code, "/policy/rfm_map: is no map of RFM segments"},
        {one_number_twice, "/policy/segments/number: are not different numbers from 1 to 3, each with a colour"},
        {number_beyond, "/policy/segments/number: are not different numbers from 1 to 3"},
        {no_colour, "/policy/segments/number: are not different numbers from 1 to 3"},
        {fewer_columns, "/recipe: chooses "},
        {fewer_segments, "/policy/segments: has 2 segments, the model 3 groups"},
        {other_classes, "/recipe: sets 1 classes apart, the model 0"},
        {unsound_recipe, "column 1 cannot be applied"},
    };
    const char *path = scratch_path("m.h5");
    fitted sound = fit_crowds(3);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tsl_features features = *sound.features;
        tsl_labels labels = *sound.labels;
        fitted f = {&features, sound.model, &labels, {0}};
        assert_int_equal(tsl__recipe_copy(sound.features->recipe, &features.recipe, NULL), TSL_OK);
        assert_int_equal(tsl__policy_copy(sound.labels->policy, &labels.policy, NULL), TSL_OK);
        faults[i].make(&f);
        f.parts = (tsl_segmentation){.recipe = features.recipe, .model = sound.model, .policy = labels.policy};
        write_parts(&f.parts, path);
        check_refused(path, TSL_E_FORMAT, faults[i].said);
        labels.policy->segment_count = 3;
        tsl_recipe_free(features.recipe);
        tsl_policy_free(labels.policy);
    }
    free_fitted(&sound);
}

/* A file of the first format, of a later one, of another kind: told apart, never misread. */
static void test_versions(void **state)
{
    (void)state;
    static const struct {
        tsl__store_kind kind;
        const char *said;
    } cases[] = {
        {{"model", 1, "dict", "0.1.0", 0}, "has version 1 of the model format, made by an older program"},
        {{"model", 3, "dict", "0.1.0", 0}, "has version 3 of the model format, this program reads up to 2"},
        {{"other", 2, "dict", "0.1.0", 0}, "is a other file, expected a model file"},
    };
    const char *path = scratch_path("m.h5");
    fitted f = fit_crowds(3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__store *store;
        assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &cases[i].kind, &store, NULL),
                         TSL_OK);
        tsl__model_put(store, f.model); /* all that stood in the first */
        assert_int_equal(tsl__store_close(store, NULL), TSL_OK);
        check_refused(path, TSL_E_FORMAT, cases[i].said);
    }
    check_refused(scratch_path("none.h5"), TSL_E_NOT_FOUND, "No such file");
    free_fitted(&f);
}

static damage_verdict read_damaged(const char *name, const void *parts)
{
    tsl_error err = {0};
    tsl_segmentation *back;
    tsl_status status = tsl_segmentation_read(&(tsl_source){.path = name}, &back, &err);
    if (status != TSL_OK) {
        return status == TSL_E_FORMAT && err.message[0] && !back ? DAMAGE_REFUSED : DAMAGE_WRONG;
    }
    damage_verdict verdict = difference(parts, back) ? DAMAGE_WRONG : DAMAGE_SAME;
    tsl_segmentation_free(back);
    return verdict;
}

static void test_flips(void **state)
{
    (void)state;
    const char *path = scratch_path("m.h5");
    const size_t flips = 400, cuts = 40;
    fitted f = fit_crowds(3);
    write_parts(&f.parts, path);
    long refused = damage_flip(path, flips, 1, read_damaged, &f.parts);
    assert_true(refused >= (long)(flips - flips / 50)); /* HDF5 may leave gaps that hold nothing */
    assert_int_equal(damage_cut(path, cuts, 2, read_damaged, &f.parts), cuts);
    free_fitted(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_round_trip, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_parts, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_recipe_alone, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_applied_from_file, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_faults, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_versions, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_flips, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
