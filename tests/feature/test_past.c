/* test_past.c: customers at days in the past against features of the tables clipped to what lies before each, and what
 * they did from one day to the next, added up naively. */
#include "feature/tables.h"

#include "base/rng.h"
#include "base/text.h"
#include "feature/past.h"
#include "feature/recipe.h"

enum { FIRST = 19000, DAYS = 400, CUTS = 5, CUSTOMERS = 300, LINES = 20000 };

static const int32_t cuts[CUTS] = {FIRST + 30, FIRST + 31, FIRST + 120, FIRST + 260, FIRST + DAYS};

typedef struct line {
    int customer, order, day;
    int64_t cents;
} line;

typedef struct shop {
    line line[LINES];
    int count;
    int act[CUSTOMERS]; /* day of his one interaction; -1: none */
    int joined[CUSTOMERS];
    tsl_table *table[TSL_TABLE_KINDS];
} shop;

static shop s;

/* Every customer is told by his height. */
static double height_of(int customer)
{
    return 100 + customer;
}

static void fill_shop(void)
{
    s = (shop){.count = 0};
    int orders = 0;
    for (int c = 0; c < CUSTOMERS; c++) {
        tsl__rng rng = tsl__rng_open(7, 1, (uint32_t)c);
        const int gap = 3 + 40 * (c % 5);
        s.act[c] = c % 4 == 1 ? (int)tsl__rng_below(&rng, DAYS) : -1;
        s.joined[c] = c % 3 == 0 ? -1 : (int)tsl__rng_below(&rng, DAYS);
        for (int day = (int)tsl__rng_below(&rng, c % 7 == 2 ? DAYS : 60); day < DAYS && c % 11; orders++) {
            for (int l = 0; l <= c % 3; l++) {
                const int back = tsl__rng_below(&rng, 6) == 0;
                s.line[s.count++] = (line){c, orders, day, back ? -700 : 100 + (int64_t)tsl__rng_below(&rng, 5000)};
            }
            day += 1 + (int)tsl__rng_below(&rng, (uint32_t)(2 * gap));
        }
    }
}

static const char *show_day(int day, char out[11])
{
    tsl_day_write(FIRST + day, out);
    return out;
}

static void read_shop(void)
{
    static const char *const channels[] = {"web", "shop", "phone"};
    tsl__text text[TSL_TABLE_KINDS] = {{0}};
    char day[11];
    tsl__text_puts(&text[TSL_CUSTOMERS], "customer_id,height,city,registered_on\n");
    tsl__text_puts(&text[TSL_TRANSACTIONS], "customer_id,order_id,date,amount,channel\n");
    tsl__text_puts(&text[TSL_INTERACTIONS], "customer_id,time,kind,minutes\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        tsl__text_printf(&text[TSL_CUSTOMERS], "c%03d,%g,%s,%s\n", c, height_of(c) + .5, c % 2 ? "Lille" : "Lyon",
                         s.joined[c] < 0 ? "" : show_day(s.joined[c], day));
        if (s.act[c] >= 0) {
            tsl__text_printf(&text[TSL_INTERACTIONS], "c%03d,%s 10:00:00,visit,%d\n", c, show_day(s.act[c], day), c);
        }
    }
    for (int i = 0; i < s.count; i++) {
        const line *l = &s.line[i];
        tsl__text_printf(&text[TSL_TRANSACTIONS], "c%03d,o%d,%s,%s%d.%02d,%s\n", l->customer, l->order,
                         show_day(l->day, day), l->cents < 0 ? "-" : "", abs((int)l->cents) / 100,
                         abs((int)l->cents) % 100, channels[(l->order + l->customer) % 3]);
    }
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        s.table[kind] = table_of_text((tsl_table_kind)kind, text[kind].data);
        tsl__text_free(&text[kind]);
    }
}

static tsl_tables tables_at(int32_t as_of, int clip)
{
    return (tsl_tables){s.table[TSL_CUSTOMERS], s.table[TSL_TRANSACTIONS], s.table[TSL_INTERACTIONS], as_of, clip};
}

static tsl_features *build(int32_t as_of, const tsl_recipe *recipe, const tsl_feature_options *opt)
{
    const tsl_tables tables = tables_at(as_of, 1);
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_features_build(&tables, recipe, opt, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

/* ---- What is expected --------------------------------------------------------------- */

static int is_known(int customer, int32_t cut)
{
    int known = (s.joined[customer] >= 0 && FIRST + s.joined[customer] < cut) ||
                (s.act[customer] >= 0 && FIRST + s.act[customer] < cut);
    for (int i = 0; i < s.count; i++) {
        known |= s.line[i].customer == customer && FIRST + s.line[i].day < cut;
    }
    return known;
}

/* 1/10000, and whether an order of theirs comes to more than 0. */
static int64_t get_net(int customer, int32_t from, int32_t until, int *bought)
{
    int64_t net = 0, order = 0;
    *bought = 0;
    for (int i = 0; i < s.count; i++) {
        const line *l = &s.line[i];
        if (l->customer == customer && FIRST + l->day >= from && FIRST + l->day < until) {
            net += 100 * l->cents;
            order = i > 0 && s.line[i - 1].order == l->order ? order + l->cents : l->cents;
            *bought |= (i + 1 == s.count || s.line[i + 1].order != l->order) && order > 0;
        }
    }
    return net;
}

/* ---- What is seen --------------------------------------------------------------------- */

typedef struct seen {
    const tsl_features *expected[CUTS];
    const uint8_t *wanted;
    size_t height;
    int customers[CUTS], customer[1 << 13]; /* of a block's places: which each is, or -1 */
    int once[CUTS][CUSTOMERS];
} seen;

static void check_row(const tsl_features *f, size_t row, const tsl_features *expected, const char *id,
                      const uint8_t *wanted)
{
    const size_t at = tsl_features_get_customer(expected, id), cols = f->feature_count;
    assert_true(at < expected->customers);
    for (size_t c = 0; c < cols; c++) {
        const double is = f->x[row * cols + c], ought = expected->x[at * cols + c];
        if (wanted[c] ? !(is == ought || (isnan(is) && isnan(ought))) : !isnan(is)) {
            fail_msg("%s of %s on day %d: %.17g, not %.17g", f->feature[c].name, id, (int)f->as_of, is, ought);
        }
    }
    assert_int_equal(f->apart ? f->apart[row] : -1, expected->apart ? expected->apart[at] : -1);
}

static tsl_status look(void *user, int thread, const tsl__past_scene *scene, tsl_error *err)
{
    seen *to = user;
    (void)thread;
    (void)err;
#pragma omp critical
    {
        const tsl_features *f = scene->features;
        assert_int_equal(f->as_of, cuts[scene->cut]);
        assert_true((scene->net == NULL) == (scene->cut == 0));
        for (size_t i = 0; i < f->customers; i++) {
            char id[16];
            const int c = (int)(f->x[i * f->feature_count + to->height] - .5) - 100;
            snprintf(id, sizeof id, "c%03d", c);
            assert_true(i == 0 || scene->place[i] > scene->place[i - 1]);
            check_row(f, i, to->expected[scene->cut], id, to->wanted);
            to->once[scene->cut][c]++;
            int bought = 0;
            if (scene->cut > 0) {
                assert_int_equal(scene->net[scene->place[i]],
                                 get_net(c, cuts[scene->cut - 1], cuts[scene->cut], &bought));
                assert_int_equal(scene->bought[scene->place[i]], bought);
            }
        }
    }
    return TSL_OK;
}

/* What scores are made of is asked for as well: it would be made in any case. */
static int is_some(const char *name)
{
    static const char *const some[] = {"recency_days",   "frequency", "monetary_total", "purchase_days", "rfm_score",
                                       "monetary_trend", "r_score",   "f_score",        "m_score"};
    int is = 0;
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        is |= strcmp(name, some[i]) == 0;
    }
    return is;
}

static void check_past(const tsl_feature_options *opt, int wants_all, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    const tsl_tables tables = tables_at(FIRST + DAYS, 0);
    tsl_features *fit = build(FIRST + DAYS, NULL, opt), *then[CUTS];
    uint8_t wanted[512];
    static seen to;
    tsl_error err;
    to = (seen){.wanted = wanted, .height = tsl_features_get_index(fit, "height")};
    assert_true(fit->feature_count < sizeof wanted);
    for (size_t f = 0; f < fit->feature_count; f++) {
        wanted[f] = wants_all || f == to.height || is_some(fit->feature[f].name);
    }
    for (int k = 0; k < CUTS; k++) {
        to.expected[k] = then[k] = build(cuts[k], fit->recipe, opt);
    }
    const tsl__past_plan plan = {&tables, fit->recipe, wanted, cuts, CUTS, &exec};
    if (tsl__past_visit(&plan, look, &to, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    for (int k = 0; k < CUTS; k++) {
        int known = 0;
        for (int c = 0; c < CUSTOMERS; c++) {
            assert_int_equal(to.once[k][c], is_known(c, cuts[k]));
            known += to.once[k][c];
        }
        assert_true(known > (k == CUTS - 1 ? 250 : 30));
        tsl_features_free(then[k]);
    }
    tsl_features_free(fit);
}

static int open_shop(void **state)
{
    (void)state;
    fill_shop();
    read_shop();
    return 0;
}

static int close_shop(void **state)
{
    (void)state;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        tsl_table_free(s.table[kind]);
    }
    return 0;
}

/* All features of the catalogue, columns of the customers, scores and what the value models expect. */
static void test_as_clipped(void **state)
{
    (void)state;
    check_past(NULL, 1, 1);
    check_past(NULL, 1, 3);
}

/* No others than those that are wanted; a score comes with the others of its kind. */
static void test_some(void **state)
{
    (void)state;
    check_past(NULL, 0, 1);
}

/* Likewise lines of the user's own, matched returns, and a history of all events. */
static void test_other_recipes(void **state)
{
    (void)state;
    const tsl_feature_line own[] = {
        {.name = "largest", .level = "purchases", .aggregate = "max", .source = "amount", .window = "90 days"},
        {.name = "visits_recent", .level = "interactions", .aggregate = "count", .window = "12 months"}};
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.line = own;
    opt.line_count = 2;
    opt.returns = TSL_RETURNS_MATCHED;
    opt.events = TSL_EVENTS_ALL;
    opt.selection.apart = TSL_APART_NONE;
    check_past(&opt, 1, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_clipped),
        cmocka_unit_test(test_some),
        cmocka_unit_test(test_other_recipes),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
