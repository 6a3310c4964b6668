/* test_run_target.c: segments that are the leaves of a tree of a target: estimates, assignments, the model's file. */
#include "run/market.h"

#include "base/notes.h"

static market shop;

static tsl_run *run_asked(const tsl_run_options *opt, int threads, tsl_status expected, const tsl_table *table)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_run *run = NULL;
    tsl_error err;
    tsl_status status = tsl_run_open(opt, NULL, &exec, &run, &err);
    status = status == TSL_OK ? tsl_run_read_table(run, table, &err) : status;
    status = status == TSL_OK ? tsl_run_build(run, TSL_RUN_LABELS, MARKET_FIRST + MARKET_DAYS, &err) : status;
    if (status != expected) {
        fail_msg("status %d, expected %d: %s", (int)status, (int)expected, err.message);
    }
    return run;
}

/* A run of the table by a target, k segments (0: as cross-validation bears out). */
static tsl_run *run_table(const char *target, int k, int threads, tsl_status expected, const tsl_table *table)
{
    tsl_run_options opt;
    tsl_kmeans_options kmeans;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = k;
    opt.kmeans = &kmeans;
    opt.target = target;
    opt.descriptors = 0;
    return run_asked(&opt, threads, expected, table);
}

/* Likewise of the market. */
static tsl_run *run_to(const char *target, int k, int threads, tsl_status expected, tsl_table **table)
{
    *table = market_table(&shop, MARKET_DAYS);
    return run_table(target, k, threads, expected, *table);
}

static void close_market(tsl_run *run, tsl_table *table)
{
    tsl_run_free(run);
    tsl_table_free(table);
}

static double get_value(const tsl_features *f, size_t customer, const char *name)
{
    return f->x[customer * f->feature_count + tsl_features_get_index(f, name)];
}

/* The halves are all customers, and the segments' means add up to that of all of the other half. */
static void check_halves(const tsl_run *run)
{
    const tsl_features *f = tsl_run_get_features(run);
    const tsl_estimates *e = tsl_run_get_estimates(run);
    uint64_t rows = 0;
    double sum = 0;
    for (int s = 0; s < e->k; s++) {
        rows += e->segment[s].rows;
        sum += (double)e->segment[s].rows * e->segment[s].mean;
        assert_true(e->segment[s].low < e->segment[s].mean && e->segment[s].mean < e->segment[s].high);
    }
    assert_int_equal(rows, e->all.rows);
    assert_int_equal(rows + e->structure_rows, f->customers);
    assert_true(rows > f->customers * 2 / 5 && rows < f->customers * 3 / 5);
    assert_true(fabs(sum / (double)rows - e->all.mean) < 1e-9 * fabs(e->all.mean));
}

/* Naively: the rows of the other half, by the same draw. */
static void check_estimates(const tsl_run *run, const char *target)
{
    enum { HALF = 0x74617267 + 1 };
    const tsl_features *f = tsl_run_get_features(run);
    const tsl_estimates *e = tsl_run_get_estimates(run);
    const int32_t *label = tsl_run_get_assignment(run)->label;
    double sum[32] = {0}, count[32] = {0};
    for (size_t i = 0; i < f->customers; i++) {
        tsl__rng rng = tsl__rng_open(1, HALF, 0);
        rng.draw = i;
        if (!(tsl__rng_u64(&rng) & 1)) {
            sum[label[i]] += get_value(f, i, target);
            count[label[i]]++;
        }
    }
    for (int s = 0; s < e->k; s++) {
        assert_int_equal((uint64_t)count[s], e->segment[s].rows);
        assert_true(fabs(sum[s] / count[s] - e->segment[s].mean) < 1e-9 * fabs(e->segment[s].mean) + 1e-12);
    }
}

/* The labels are the tree's, by the features that it cuts. */
static void check_labels(const tsl_run *run)
{
    const tsl_features *f = tsl_run_get_features(run);
    const tsl_model *m = tsl_run_get_model(run);
    const tsl_assignment *a = tsl_run_get_assignment(run);
    double *raw = calloc(f->customers * m->tree->cols, sizeof *raw);
    int32_t *cluster = calloc(f->customers, sizeof *cluster);
    uint64_t size[32] = {0};
    tsl_error err;
    for (size_t i = 0; i < f->customers; i++) {
        for (size_t c = 0; c < m->tree->cols; c++) {
            raw[i * m->tree->cols + c] = get_value(f, i, m->tree->column[c].name);
        }
    }
    const tsl_matrix x = {raw, f->customers, m->tree->cols, m->tree->cols, TSL_F64};
    assert_int_equal(m->by_tree, 1);
    assert_int_equal(m->tree->leaves, m->k);
    assert_int_equal(tsl_tree_predict(m->tree, &x, NULL, NULL, cluster, &err), TSL_OK);
    for (size_t i = 0; i < f->customers; i++) {
        assert_int_equal(cluster[i], a->label[i]);
        assert_true(a->distance[i] >= 0 && a->runner_up[i] >= 0 && a->runner_up[i] != a->label[i]);
        size[cluster[i]]++;
    }
    for (int s = 0; s < m->k; s++) {
        assert_int_equal(size[s], m->size[s]);
        assert_true(size[s] >= 10);
    }
    free(raw);
    free(cluster);
}

/* Names go by the estimates: that of the greatest, and of the least. */
static void check_names(const tsl_run *run, const char *highest, const char *lowest)
{
    const tsl_estimates *e = tsl_run_get_estimates(run);
    const tsl_labels *l = tsl_run_get_labels(run);
    int best = 0, least = 0;
    for (int s = 1; s < e->k; s++) {
        best = e->segment[s].mean > e->segment[best].mean ? s : best;
        least = e->segment[s].mean < e->segment[least].mean ? s : least;
    }
    assert_string_equal(l->segments[best].names[0], highest);
    assert_string_equal(l->segments[least].names[1], lowest);
}

/* What would move a customer is of the tree alone, and ends where it says. */
static void check_moves(const tsl_run *run)
{
    const tsl_labels *labels = tsl_run_get_labels(run);
    const tsl_model *m = tsl_run_get_model(run);
    const tsl_features *f = tsl_run_get_features(run);
    double *raw = calloc(m->tree->cols, sizeof *raw);
    int moved = 0;
    for (size_t i = 0; i < labels->customers; i += 7) {
        tsl_explanation *e;
        tsl_error err;
        int32_t to;
        assert_int_equal(tsl_explanation_build(labels, m, i, &e, &err), TSL_OK);
        assert_int_equal(e->tree_segment, e->segment);
        assert_int_equal(e->by_distance.segment, 0);
        for (size_t c = 0; c < m->tree->cols; c++) {
            raw[c] = get_value(f, i, m->tree->column[c].name);
            for (size_t n = 0; n < e->by_tree.count; n++) {
                const tsl_change *change = &e->by_tree.change[n];
                raw[c] = strcmp(f->feature[change->feature].name, m->tree->column[c].name) == 0 ? change->to : raw[c];
            }
        }
        const tsl_matrix x = {raw, 1, m->tree->cols, m->tree->cols, TSL_F64};
        assert_int_equal(tsl_tree_predict(m->tree, &x, NULL, NULL, &to, &err), TSL_OK);
        assert_int_equal(to + 1, e->by_tree.segment ? e->by_tree.segment : e->segment);
        moved += e->by_tree.segment > 0 && e->by_tree.segment != e->segment;
        tsl_explanation_free(e);
    }
    assert_true(moved > 10);
    free(raw);
}

static void test_segments(void **state)
{
    (void)state;
    tsl_table *table;
    for (int k = 0; k <= 5; k += 5) {
        tsl_run *run = run_to("monetary_total", k, 2, TSL_OK, &table);
        const tsl_estimates *e = tsl_run_get_estimates(run);
        const tsl_model *m = tsl_run_get_model(run);
        assert_string_equal(e->target, "monetary_total");
        assert_int_equal(e->k, m->k);
        assert_true(k ? m->k == k : m->k >= 3 && m->k <= 8);
        assert_true(e->told > .2 && e->told < 1);
        check_halves(run);
        check_names(run, "Total spend: highest", "累计消费：最低");
        check_estimates(run, "monetary_total");
        check_labels(run);
        check_moves(run);
        for (size_t c = 0; c < m->tree->cols; c++) {
            assert_true(strncmp(m->tree->column[c].name, "monetary_", 9) != 0);
            assert_true(strstr(m->tree->column[c].name, "_score") == NULL);
        }
        assert_int_equal(tsl_run_get_labels(run)->customers, MARKET_CUSTOMERS);
        close_market(run, table);
    }
}

/* The model, through its file, gives its own customers the same labels, and of any threads the same bits. */
static void test_applied(void **state)
{
    (void)state;
    tsl_table *table, *again, *third;
    tsl_run *run = run_to("frequency", 0, 1, TSL_OK, &table), *other = run_to("frequency", 0, 2, TSL_OK, &third);
    const tsl_target file = {.path = scratch_path("model.h5")};
    const tsl_source source = {.path = scratch_path("model.h5")};
    tsl_segmentation given, *read;
    tsl_error err;
    tsl_run_get_segmentation(run, &given);
    assert_int_equal(tsl_segmentation_write(&given, &file, &err), TSL_OK);
    assert_int_equal(tsl_segmentation_read(&source, &read, &err), TSL_OK);
    assert_int_equal(read->model->by_tree, 1);
    tsl_run *applied = run_open(NULL, read, NULL);
    again = market_table(&shop, MARKET_DAYS);
    assert_int_equal(tsl_run_read_table(applied, again, &err), TSL_OK);
    run_build(applied, TSL_RUN_LABELS, MARKET_FIRST + MARKET_DAYS);
    const tsl_assignment *a = tsl_run_get_assignment(run), *b = tsl_run_get_assignment(applied),
                         *c = tsl_run_get_assignment(other);
    assert_memory_equal(a->label, b->label, a->rows * sizeof *a->label);
    assert_memory_equal(a->distance, b->distance, a->rows * sizeof *a->distance);
    assert_memory_equal(a->label, c->label, a->rows * sizeof *a->label);
    assert_memory_equal(a->distance, c->distance, a->rows * sizeof *a->distance);
    tsl_tree *tree;
    assert_int_equal(tsl_run_build_tree(applied, &tree, &err), TSL_E_OPTION);
    tsl_run_free(applied);
    tsl_segmentation_free(read);
    tsl_table_free(again);
    close_market(run, table);
    close_market(other, third);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_run *run = run_to("no_such", 0, 1, TSL_E_OPTION, &table);
    close_market(run, table);
    tsl_run_options opt;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    opt.target = "frequency";
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    opt.anchors = TSL_ANCHORS_TYPICAL;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    opt.anchors = TSL_ANCHORS_DEFAULT;
    opt.weight = "recency_days";
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
}

/* ---- What comes next ------------------------------------------------------------------------- */

enum { CUT = MARKET_DAYS - 90 };

/* The market's lines before the cut, and of each customer's later ones their sum alone, on one day of the period. */
static void keep_sums(const market *from, market *to)
{
    *to = (market){.count = 0};
    for (int i = 0; i < from->count; i++) {
        if (from->line[i].day < CUT) {
            to->line[to->count++] = from->line[i];
        }
    }
    to->orders = from->orders;
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        int bought;
        const int64_t net = market_get_net(from, c, CUT, MARKET_DAYS, &bought);
        if (net) {
            market_add(to, c, CUT + c % 90, net, 1);
        }
    }
}

/* share: the least of a segment; 0: one customer is enough. */
static tsl_run *run_next(const market *m, int holdout, double share, int threads, tsl_status expected,
                         tsl_table **table)
{
    static tsl_run_options opt;
    static tsl_kmeans_options kmeans;
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_run *run = NULL;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.min_share = share;
    kmeans.min_rows = share > 0 ? 10 : 1;
    opt.kmeans = &kmeans;
    opt.target = "next";
    opt.holdout_days = holdout;
    opt.descriptors = 0;
    *table = market_table(m, MARKET_DAYS);
    assert_int_equal(tsl_run_open(&opt, NULL, &exec, &run, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(run, *table, &err), TSL_OK);
    tsl_status status = tsl_run_build(run, TSL_RUN_LABELS, MARKET_FIRST + MARKET_DAYS, &err);
    if (status != expected) {
        fail_msg("status %d, expected %d: %s", (int)status, (int)expected, err.message);
    }
    assert_true(status == TSL_OK || strstr(err.message, "holdout"));
    return run;
}

/* The same cuts; clusters are numbered by what they spent in all, which the period is a part of. */
static void check_same_tree(const tsl_tree *a, const tsl_tree *b)
{
    assert_int_equal(a->node_count, b->node_count);
    for (size_t i = 0; i < a->node_count; i++) {
        const tsl_tree_node *x = &a->node[i], *y = &b->node[i];
        assert_int_equal(x->column < 0, y->column < 0);
        assert_int_equal(x->left, y->left);
        if (x->column >= 0) {
            assert_string_equal(a->column[x->column].name, b->column[y->column].name);
            assert_memory_equal(&x->threshold, &y->threshold, sizeof x->threshold);
        }
    }
}

/* Naively: who had bought before the cut is labelled by his features at it, and counts with what he spent after it. */
static void check_next(const tsl_run *run)
{
    enum { HALF = 0x74617267 + 1 };
    const tsl_estimates *e = tsl_run_get_estimates(run);
    const tsl_tree *tree = tsl_run_get_model(run)->tree;
    double sum[32] = {0}, count[32] = {0};
    uint64_t buyers = 0;
    tsl_error err;
    tsl_run *then;
    tsl_table *before = market_table(&shop, CUT);
    assert_int_equal(tsl_run_open(NULL, NULL, NULL, &then, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(then, before, &err), TSL_OK);
    run_build(then, TSL_RUN_FEATURES, MARKET_FIRST + CUT);
    const tsl_features *f = tsl_run_get_features(then);
    double *raw = calloc(tree->cols, sizeof *raw);
    for (size_t i = 0; i < f->customers; i++) {
        const tsl_matrix x = {raw, 1, tree->cols, tree->cols, TSL_F64};
        tsl__rng rng = tsl__rng_open(1, HALF, 0);
        int32_t segment;
        int bought;
        rng.draw = i;
        for (size_t c = 0; c < tree->cols; c++) {
            raw[c] = get_value(f, i, tree->column[c].name);
        }
        if (get_value(f, i, "frequency") > 0) {
            assert_int_equal(tsl_tree_predict(tree, &x, NULL, NULL, &segment, &err), TSL_OK);
            buyers++;
            if (!(tsl__rng_u64(&rng) & 1)) {
                sum[segment] += (double)market_get_net(&shop, atoi(f->id[i] + 1), CUT, MARKET_DAYS, &bought) / 100;
                count[segment]++;
            }
        }
    }
    assert_int_equal(e->all.rows + e->structure_rows, buyers);
    for (int s = 0; s < e->k; s++) {
        assert_int_equal((uint64_t)count[s], e->segment[s].rows);
        assert_true(fabs(sum[s] / count[s] - e->segment[s].mean) < 1e-9 * fabs(e->segment[s].mean) + 1e-9);
    }
    free(raw);
    tsl_run_free(then);
    tsl_table_free(before);
}

static void test_next(void **state)
{
    (void)state;
    static market sums;
    tsl_table *table, *other, *third;
    tsl_run *run = run_next(&shop, 90, .02, 1, TSL_OK, &table),
            *again = run_next(&shop, TSL_HOLDOUT_USUAL, .02, 2, TSL_OK, &other);
    const tsl_estimates *e = tsl_run_get_estimates(run);
    assert_string_equal(e->target, "next");
    assert_int_equal(e->days, 90);
    assert_int_equal(e->cut, MARKET_FIRST + CUT);
    assert_int_equal(e->until, MARKET_FIRST + MARKET_DAYS);
    assert_int_equal(e->left_out_count, 0);
    assert_true(e->told > .3 && e->told < 1);
    assert_null(tsl_run_get_next(run));
    check_names(run, "Next spend: highest", "后续消费：最低");
    check_next(run);
    check_labels(run);
    const tsl_assignment *a = tsl_run_get_assignment(run), *b = tsl_run_get_assignment(again);
    assert_memory_equal(a->label, b->label, a->rows * sizeof *a->label);
    assert_memory_equal(a->distance, b->distance, a->rows * sizeof *a->distance);
    close_market(again, other);
    close_market(run, table);
    keep_sums(&shop, &sums); /* today's customers are others then, so that no floor of theirs may join leaves */
    run = run_next(&shop, 90, 0, 1, TSL_OK, &table);
    tsl_run *blind = run_next(&sums, 90, 0, 1, TSL_OK, &third);
    e = tsl_run_get_estimates(run);
    check_same_tree(tsl_run_get_model(run)->tree, tsl_run_get_model(blind)->tree);
    assert_memory_equal(&e->told, &tsl_run_get_estimates(blind)->told, sizeof e->told);
    assert_memory_equal(&e->all, &tsl_run_get_estimates(blind)->all, sizeof e->all);
    close_market(run, table);
    close_market(blind, third);
    run = run_next(&shop, 90, .05, 1, TSL_OK, &table); /* leaves that few come to today are joined */
    const tsl_model *m = tsl_run_get_model(run);
    for (int s = 0; s < m->k; s++) {
        assert_true(m->size[s] == 0 || (double)m->size[s] >= .05 * MARKET_CUSTOMERS);
    }
    check_next(run);
    check_labels(run);
    close_market(run, table);
}

static void test_next_refused(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_run *run = run_next(&shop, MARKET_DAYS / 2 + 5, .02, 1, TSL_E_INPUT, &table);
    close_market(run, table);
    tsl_run_options opt;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    opt.target = "next";
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    table = market_table(&shop, MARKET_DAYS);
    assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(run, table, &err), TSL_OK);
    run_build(run, TSL_RUN_FEATURES, TSL_NO_DAY);
    assert_int_equal(tsl_run_build(run, TSL_RUN_MODEL, TSL_NO_DAY, &err), TSL_E_OPTION); /* the cells are gone */
    close_market(run, table);
    opt.holdout_days = 0;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
}

/* A leaf of those of the cut that nobody comes to today: who came lately then, in a shop that nobody has come to since
 * but the best. */
static void test_empty(void **state)
{
    (void)state;
    static market quiet;
    tsl_table *table;
    quiet = (market){.count = 0};
    for (int c = 0; c < MARKET_CUSTOMERS;
         c++) { /* spends more, the more lately he came; and comes back on the first day */
        const int day = 200 + (c * 37) % 200, lately = day > 360;
        market_add(&quiet, c, day, 1000, 1);
        market_add(&quiet, c, CUT + 1, lately ? 90000 + 100 * (c % 7) : 500 + 10 * (c % 11), 1);
    }
    tsl_run *run = run_next(&quiet, 90, .02, 1, TSL_OK, &table);
    const tsl_model *m = tsl_run_get_model(run);
    const tsl_estimates *e = tsl_run_get_estimates(run);
    int empty = 0;
    for (int s = 0; s < m->k; s++) {
        empty += m->size[s] == 0;
        assert_true(e->segment[s].rows > 0);
        for (size_t c = 0; c < m->cols; c++) {
            assert_true(isfinite(m->center[(size_t)s * m->cols + c]));
        }
    }
    assert_true(empty > 0);
    const tsl_notes *notes = &m->sweep->info.notes;
    assert_non_null(strstr(notes->text[notes->count - 1], "nobody comes to segment"));
    const tsl_target file = {.path = scratch_path("model.h5")};
    const tsl_source source = {.path = scratch_path("model.h5")};
    tsl_segmentation given, *read;
    tsl_error err;
    tsl_run_get_segmentation(run, &given);
    assert_int_equal(tsl_segmentation_write(&given, &file, &err), TSL_OK);
    if (tsl_segmentation_read(&source, &read, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_segmentation_free(read);
    char *summary;
    assert_int_equal(tsl_run_build_summary(run, &summary, &err), TSL_OK);
    tsl_text_free(summary);
    close_market(run, table);
}

static const char *const digits[] = {"0", "1", NULL};

/* Customers with numbers, a yes/no outcome that some of them tell and a score that others do. word: for no, yes, and
 * where nobody knows, of every seventh if there is one. */
static tsl_table *table_of_people(int people, uint64_t seed, const char *const word[3])
{
    tsl__text csv = {0};
    tsl_table *table = NULL;
    tsl_error err;
    tsl__text_printf(&csv, "customer_id,visits,calls,orders,responded,score\n");
    for (int i = 0; i < people; i++) {
        tsl__rng rng = tsl__rng_open(seed, 1, (uint32_t)i);
        const int visits = (int)tsl__rng_below(&rng, 30), calls = (int)tsl__rng_below(&rng, 20),
                  orders = (int)tsl__rng_below(&rng, 40), noise = (int)tsl__rng_below(&rng, 100);
        const int yes = noise < (visits > 20 ? 60 : calls > 12 ? 30 : 10);
        tsl__text_printf(&csv, "c%04d,%d,%d,%d,%s,%d\n", i, visits, calls, orders,
                         word[word[2] && i % 7 == 3 ? 2 : yes], 50 + 10 * orders * calls + 60 * visits + noise);
    }
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tsl__text_free(&csv);
    return table;
}

/* An outcome that is the target is told of the other half, as the estimates are; one that is not, of all. */
static void test_outcome(void **state)
{
    (void)state;
    tsl_table *people = table_of_people(1200, 5, digits);
    for (int is_target = 0; is_target < 2; is_target++) {
        tsl_run *run = run_table(is_target ? "responded" : "score", 0, 1, TSL_OK, people);
        const tsl_estimates *e = tsl_run_get_estimates(run);
        const tsl_labels *l = tsl_run_get_labels(run);
        const tsl_response *r = tsl_labels_get_response(l, 0);
        assert_true(l->response_count == 1 && r->held_out == is_target);
        assert_int_equal(e->rate, is_target);
        assert_int_equal(r->all.known, is_target ? e->all.rows : 1200);
        for (int s = 0; s < e->k; s++) {
            const tsl_response_part *part = &r->segment[s];
            assert_int_equal(part->known, is_target ? e->segment[s].rows : l->segments[s].size);
            assert_true(!is_target ||
                        (fabs(part->rate - e->segment[s].mean) < 1e-12 && fabs(part->low - e->segment[s].low) < 1e-12 &&
                         fabs(part->high - e->segment[s].high) < 1e-12));
        }
        char *summary;
        tsl_error err;
        assert_int_equal(tsl_run_build_summary(run, &summary, &err), TSL_OK);
        assert_int_equal(strstr(summary, "\"held_out\"") != NULL, is_target);
        tsl_text_free(summary);
        tsl_run_free(run);
    }
    tsl_table_free(people);
}

/* However yes, no and what nobody knows are written, an outcome is the same rate. */
static void test_spellings(void **state)
{
    (void)state;
    static const char *const words[][3] = {
        {"0", "1", ""}, {"0.0", "1.0", ""}, {"0", "1", "-1"}, {"0", "1", "9"}, {"No", "Yes", "Unknown"}};
    tsl_run *run[sizeof words / sizeof *words];
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        tsl_table *people = table_of_people(1200, 5, words[w]);
        run[w] = run_table("responded", 0, 1, TSL_OK, people);
        tsl_table_free(people);
        const tsl_estimates *e = tsl_run_get_estimates(run[w]), *first = tsl_run_get_estimates(run[0]);
        const tsl_labels *l = tsl_run_get_labels(run[w]);
        const tsl_response *r = tsl_labels_get_response(l, 0);
        assert_int_equal(e->k, first->k);
        assert_true(e->k > 1 && e->rate && r && !r->is_mean && r->held_out);
        for (int s = 0; s < e->k; s++) {
            assert_memory_equal(&e->segment[s], &first->segment[s], sizeof e->segment[s]);
            assert_true(fabs(r->segment[s].low - e->segment[s].low) < 1e-12);
            assert_non_null(strstr(l->segments[s].names[0], " rate"));
        }
    }
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        tsl_run_free(run[w]);
    }
}

/* Customers of some groups, who spent what the group says. */
static tsl_table *table_of_groups(int people, const double *spend, int groups)
{
    tsl__text csv = {0};
    tsl_table *table = NULL;
    tsl_error err;
    tsl__text_printf(&csv, "customer_id,group,visits,spend\n");
    for (int i = 0; i < people; i++) {
        const int group = i % groups;
        tsl__text_printf(&csv, "c%04d,g%02d,%d,%g\n", i, group, i * 37 % 41,
                         spend[group] + (spend[group] > 1 ? i * 53 % 47 / 100. : 0));
    }
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tsl__text_free(&csv);
    return table;
}

/* Amounts that are all 0 in a segment are amounts: their interval is of a mean, as that of the others is. */
static void test_zeros(void **state)
{
    (void)state;
    static const double spend[] = {0, 20, 0, 50};
    tsl_table *table = table_of_groups(800, spend, 4);
    tsl_run *run = run_table("spend", 3, 1, TSL_OK, table);
    const tsl_estimates *e = tsl_run_get_estimates(run);
    int zeros = 0;
    assert_int_equal(e->rate, 0);
    for (int s = 0; s < e->k; s++) {
        zeros += e->segment[s].mean == 0 && e->segment[s].low == 0 && e->segment[s].high == 0;
    }
    assert_int_equal(zeros, 1);
    tsl_run_free(run);
    tsl_table_free(table);
}

/* As many leaves as are asked for, though each cut takes off one group; and what is said where there are no more. */
static void test_leaves(void **state)
{
    (void)state;
    double doubling[16];
    static const double few[] = {0, .25, .5, 1};
    for (int g = 0; g < 16; g++) {
        doubling[g] = ldexp(1, g + 1);
    }
    tsl_table *table = table_of_groups(2000, doubling, 16);
    tsl_run *run = run_table("spend", 14, 1, TSL_OK, table);
    assert_int_equal(tsl_run_get_model(run)->k, 14);
    assert_string_equal(tsl_run_get_model(run)->sweep->info.choice,
                        "k = 14: so many leaves were asked for of a tree of spend");
    tsl_run_free(run);
    tsl_table_free(table);
    table = table_of_groups(800, few, 4);
    run = run_table("spend", 9, 1, TSL_OK, table);
    assert_string_equal(tsl_run_get_model(run)->sweep->info.choice,
                        "k = 4 of the 9 asked for: no further cut that leaves enough customers tells more of spend");
    tsl_run_free(run);
    tsl_table_free(table);
}

/* Two groups, so that two leaves are enough: each bound stands where it is asked for, were it the default of k-means,
 * and leaves the other one as it is. */
static void test_bounds(void **state)
{
    (void)state;
    static const double spend[] = {10, 50};
    static const struct {
        int k_min, k_max, min_asked, max_asked, expected;
    } rows[] = {{2, 10, 0, 0, 3}, {2, 8, 0, 0, 3},  {2, 10, 0, 1, 3}, {2, 10, 1, 0, 2}, {3, 10, 0, 0, 3},
                {5, 10, 0, 0, 5}, {9, 10, 0, 0, 9}, {2, 2, 0, 0, 2},  {2, 8, 1, 0, 2}};
    tsl_table *table = table_of_groups(1200, spend, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl_run_options opt;
        tsl_kmeans_options kmeans;
        TSL_DEFAULTS(run, &opt);
        TSL_DEFAULTS(kmeans, &kmeans);
        kmeans.k_min = rows[i].k_min;
        kmeans.k_max = rows[i].k_max;
        opt.k_min_asked = rows[i].min_asked;
        opt.k_max_asked = rows[i].max_asked;
        opt.kmeans = &kmeans;
        opt.target = "spend";
        opt.descriptors = 0;
        tsl_run *run = run_asked(&opt, 1, TSL_OK, table);
        assert_int_equal(tsl_run_get_model(run)->k, rows[i].expected);
        tsl_run_free(run);
    }
    tsl_table_free(table);
}

/* No segment holds less than 2 % of all customers, whatever the half that the tree was grown from says. */
static void test_floor(void **state)
{
    (void)state;
    int joined = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        tsl_table *people = table_of_people(1000, seed, digits);
        tsl_run *run = run_table("score", 16, 1, TSL_OK, people);
        const tsl_model *m = tsl_run_get_model(run);
        const tsl_estimates *e = tsl_run_get_estimates(run);
        uint64_t rows = 0, other = 0;
        for (int s = 0; s < m->k; s++) {
            assert_true(m->size[s] >= 20);
            assert_true(e->segment[s].rows > 0);
            rows += m->size[s];
            other += e->segment[s].rows;
        }
        assert_int_equal(rows, 1000);
        assert_int_equal(other, e->all.rows);
        assert_true(e->told > .3);
        const tsl_notes *notes = &m->sweep->info.notes;
        const int noted = strstr(notes->text[notes->count - 1], "joined with what stood beside") != NULL;
        assert_int_equal(noted, m->k < 16);
        joined += noted;
        check_labels(run);
        tsl_run_free(run);
        tsl_table_free(people);
    }
    assert_true(joined > 0); /* else this has seen nothing */
}

/* What was spent on three things, one of them counted three times, and a total of it that is off by so much at most;
 * orders has to do with them, and with the total. */
static tsl_table *table_of_sums(int off, int gaps)
{
    tsl__text csv = {0};
    tsl_table *table = NULL;
    tsl_error err;
    tsl__text_printf(&csv, "customer_id,orders,wine,fish,age,sweets,grand\n");
    for (int i = 0; i < 800; i++) {
        tsl__rng rng = tsl__rng_open(9, 1, (uint32_t)i);
        const int orders = 1 + (int)tsl__rng_below(&rng, 20), wine = orders * (int)tsl__rng_below(&rng, 90),
                  fish = (int)tsl__rng_below(&rng, 900), sweets = (int)tsl__rng_below(&rng, 700),
                  noise = (int)tsl__rng_below(&rng, (uint32_t)(2 * off + 1)) - off;
        tsl__text_printf(&csv, "c%04d,%d,%d,", i, orders, wine);
        if (!gaps || i % 50 != 0) {
            tsl__text_printf(&csv, "%d", fish);
        }
        tsl__text_printf(&csv, ",%d,%d,%d\n", 20 + (int)tsl__rng_below(&rng, 50), sweets,
                         9000 + wine + 3 * fish + sweets + noise);
    }
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tsl__text_free(&csv);
    return table;
}

/* A target that columns add up to is noted, and they are; one that they tell but nearly is not. */
static void test_arithmetic(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        int off, gaps;
        const char *note; /* NULL: none */
    } ways[] = {
        {"grand", 0, 0, "grand is the sum of wine, fish, sweets, each by its weight (R\302\262 1.0000)"},
        {"grand", 0, 1, "grand is the sum of wine, fish, sweets, each by its weight (R\302\262 1.0000)"},
        {"grand", 30, 0, "grand is the sum of wine, fish, sweets, each by its weight (R\302\262 0.999"},
        {"grand", 200, 0, NULL}, /* R^2 .98 */
        {"orders", 0, 0, NULL},
    };
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        tsl_table *people = table_of_sums(ways[w].off, ways[w].gaps);
        tsl_run *run = run_table(ways[w].target, 0, 1, TSL_OK, people);
        const tsl_notes *notes = &tsl_run_get_model(run)->sweep->info.notes;
        int any = 0, said = 0;
        for (size_t i = 0; i < notes->count; i++) {
            any += strstr(notes->text[i], "is the sum of") != NULL;
            said += ways[w].note && strstr(notes->text[i], ways[w].note);
        }
        assert_int_equal(any, ways[w].note != NULL);
        assert_int_equal(said, ways[w].note != NULL);
        tsl_run_free(run);
        tsl_table_free(people);
    }
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_segments),   IN_SCRATCH(test_applied),      IN_SCRATCH(test_refused),
        IN_SCRATCH(test_next),       IN_SCRATCH(test_next_refused), IN_SCRATCH(test_empty),
        IN_SCRATCH(test_outcome),    IN_SCRATCH(test_spellings),    IN_SCRATCH(test_floor),
        IN_SCRATCH(test_arithmetic), IN_SCRATCH(test_zeros),        IN_SCRATCH(test_leaves),
        IN_SCRATCH(test_bounds)};
    market_fill(&shop, 1, MARKET_DAYS - 90);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
