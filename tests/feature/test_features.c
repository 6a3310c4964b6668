/* test_features.c: the catalogue on a story small enough to count by hand. */
#include "tables.h"

/* As-of is 2024-04-01, the day after the last line.
 * ann: orders A1 (Sat 2024-01-06 19:00, two lines, 30.00), A2 (Mon 2024-02-05 02:00, 12.50), a return R1 of -5.00
 *      on 2024-02-10, A3 (2024-03-31 10:00, 100.00): three purchases on three days, gaps 30 and 55.
 * bob: one order whose lines add up to 0: no purchase; a second order id at one instant.
 * cai: two lines of one instant without a common order id are two orders of one day. */
static const char transactions[] = "customer_id,order_id,order_date,amount,quantity,product,category,channel\n"
                                   "ann,A1,2024-01-06 19:00:00,10.00,1,p1,food,web\n"
                                   "ann,A1,2024-01-06 19:05:00,20.00,3,p2,toys,shop\n"
                                   "ann,A2,2024-02-05 02:00:00,12.50,2,p1,food,shop\n"
                                   "ann,R1,2024-02-10 12:00:00,-5.00,-1,p1,food,shop\n"
                                   "ann,A3,2024-03-31 10:00:00,100.00,4,p3,food,web\n"
                                   "bob,B1,2024-03-01 09:00:00,7.00,1,p1,food,web\n"
                                   "bob,B1,2024-03-01 09:00:00,-7.00,-1,p1,food,web\n"
                                   "cai,C1,2023-03-01 20:00:00,3.00,1,p1,food,app\n"
                                   "cai,C2,2023-03-01 20:00:00,4.00,1,p2,food,app\n";

static tsl_features *build(const char *customers_csv, const char *transactions_csv, const char *interactions_csv)
{
    tsl_table *c = customers_csv ? table_of_text(TSL_CUSTOMERS, customers_csv) : NULL;
    tsl_table *t = transactions_csv ? table_of_text(TSL_TRANSACTIONS, transactions_csv) : NULL;
    tsl_table *i = interactions_csv ? table_of_text(TSL_INTERACTIONS, interactions_csv) : NULL;
    tsl_features *f = features_of(c, t, i, NULL, NULL);
    tsl_table_free(c);
    tsl_table_free(t);
    tsl_table_free(i);
    return f;
}

static void test_purchases(void **state)
{
    (void)state;
    tsl_features *f = build(NULL, transactions, NULL);
    char day[11];
    tsl_day_write(f->as_of, day);
    assert_string_equal(day, "2024-04-01");
    assert_int_equal(f->customers, 3);
    assert_int_equal(f->info.lines, 9);
    assert_int_equal(f->info.orders, 7);
    assert_int_equal(f->info.purchases, 5);
    assert_int_equal(f->info.customers_with_purchase, 2);
    assert_int_equal(f->info.monetary_total, 1445000);
    assert_int_equal(f->info.purchase_total, 1565000);
    assert_int_equal(f->info.margin_total, TSL_MISSING_INT);

    assert_feature(f, "ann", "recency_days", 1);
    assert_feature(f, "ann", "frequency", 3);
    assert_feature(f, "ann", "purchase_days", 3);
    assert_feature(f, "ann", "tenure_days", 86);
    assert_feature(f, "ann", "gap_mean_days", 42.5);
    assert_feature(f, "ann", "gap_sd_days", sqrt(2 * 12.5 * 12.5));
    assert_feature(f, "ann", "orders_per_month", 90.0 / 86);
    assert_feature(f, "ann", "frequency_90d", 3);
    assert_feature(f, "ann", "frequency_prev_90d", 0);
    assert_feature(f, "ann", "frequency_trend", log(4));
    assert_feature(f, "ann", "lines", 5);
    assert_feature(f, "ann", "line_days", 4);
    assert_feature(f, "ann", "first_line_days", 86);
    assert_feature(f, "ann", "last_line_days", 1);
    assert_feature(f, "ann", "units", 10);
    assert_feature(f, "ann", "lines_per_order", 4.0 / 3);
    assert_feature(f, "ann", "distinct_products", 3);
    double food = 122.5 / 142.5, toys = 20.0 / 142.5;
    assert_feature(f, "ann", "category_entropy", -food * log(food) - toys * log(toys));
    assert_feature(f, "ann", "weekend_share", 2.0 / 3);
    assert_feature(f, "ann", "evening_share", 1.0 / 3);
    assert_feature(f, "ann", "night_share", 1.0 / 3);
    assert_feature(f, "ann", "return_share", 5.0 / 142.5);
    assert_feature(f, "ann", "channel:web", 2.0 / 3); /* an order has its first line's channel */
    assert_feature(f, "ann", "channel:shop", 1.0 / 3);
    assert_feature(f, "ann", "channel:app", 0);
    assert_feature(f, "ann", "monetary_total", 137.5);
    assert_feature(f, "ann", "monetary_365d", 137.5);
    assert_feature(f, "ann", "monetary_mean", 142.5 / 3);
    assert_feature(f, "ann", "monetary_max", 100);
    /* the five purchases are 3, 4, 12.5, 30, 100: c = 12.5 */
    assert_feature(f, "ann", "monetary_trend", log((137.5 + 12.5) / 12.5));
    tsl_features_free(f);
}

/* Nothing is written as -0: not even the share of returns of who sent nothing back. */
static void test_no_negative_zero(void **state)
{
    (void)state;
    static const tsl_source once = {.bytes = "customer,date,amount\na,2024-01-02,5\nb,2024-01-03,-6\n", .count = 52};
    tsl_table *table = NULL;
    tsl_features *f = NULL;
    tsl_error err;
    assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &once, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    const tsl_tables tables = {.transactions = table, .as_of = TSL_NO_DAY};
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_OK);
    const double share = feature_of(f, "a", "return_share");
    assert_true(share == 0 && !signbit(share));
    tsl_features_free(f);
    tsl_table_free(table);
}

static void test_no_purchase(void **state)
{
    (void)state;
    tsl_features *f = build(NULL, transactions, NULL);
    static const char *const zero[] = {"frequency",      "purchase_days",    "frequency_90d", "frequency_trend",
                                       "units",          "monetary_total",   "monetary_365d", "return_share",
                                       "monetary_trend", "distinct_products"};
    static const char *const missing[] = {"recency_days",  "tenure_days",   "gap_mean_days",    "gap_sd_days",
                                          "weekend_share", "monetary_mean", "lines_per_order",  "channel:web",
                                          "monetary_max",  "r_score",       "category_entropy", "rfm_score"};
    for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++) {
        check_near(feature_of(f, "bob", zero[i]), strcmp(zero[i], "return_share") == 0 ? 1 : 0, zero[i]);
    }
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        check_near(feature_of(f, "bob", missing[i]), NAN, missing[i]);
    }
    assert_feature(f, "bob", "lines", 2);
    assert_feature(f, "bob", "last_line_days", 31);
    tsl_features_free(f);
}

/* Three buyers of rising worth: the last, most frequent and greatest has 555. */
static void test_rfm_score(void **state)
{
    (void)state;
    tsl_features *f = build(NULL,
                            "customer,order,date,amount\n"
                            "a,1,2024-01-01,10\nb,2,2024-02-01,20\nb,3,2024-03-01,20\n"
                            "c,4,2024-04-01,50\nc,5,2024-05-01,50\nc,6,2024-06-01,50\n",
                            NULL);
    assert_feature(f, "c", "rfm_score", 555);
    assert_feature(f, "a", "rfm_score", 111);
    assert_feature(f, "b", "rfm_score",
                   100 * feature_of(f, "b", "r_score") + 10 * feature_of(f, "b", "f_score") +
                       feature_of(f, "b", "m_score"));
    tsl_features_free(f);
}

static void test_one_instant(void **state)
{
    (void)state;
    tsl_features *f = build(NULL, transactions, NULL);
    assert_feature(f, "cai", "frequency", 2);
    assert_feature(f, "cai", "purchase_days", 1);
    assert_feature(f, "cai", "gap_mean_days", NAN);
    assert_feature(f, "cai", "tenure_days", 397);
    assert_feature(f, "cai", "monetary_365d", 0);
    assert_feature(f, "cai", "frequency_trend", 0);
    tsl_features_free(f);
}

static void test_no_order_id(void **state)
{
    (void)state;
    tsl_features *f = build(NULL,
                            "customer,date,amount\n"
                            "a,2024-01-01,1\na,2024-01-01,2\na,2024-01-03,4\nb,2024-01-02,8\nb,2024-01-05,9\n",
                            NULL);
    assert_feature(f, "a", "frequency", 2); /* lines of one customer and one timestamp are one order */
    assert_feature(f, "a", "monetary_max", 4);
    assert_feature(f, "a", "lines_per_order", 1.5);
    assert_int_equal(tsl_features_get_index(f, "evening_share"), f->feature_count); /* days only: no hours */
    assert_int_equal(tsl_features_get_index(f, "units"), f->feature_count);
    assert_int_equal(tsl_features_get_customer(f, "a"), 0);
    assert_int_equal(tsl_features_get_customer(f, "b"), 1);
    assert_int_equal(tsl_features_get_customer(f, "aa"), 2); /* of two there is none with this index */
    tsl_features_free(f);
}

/* A purchase at midnight is one without a time of day: neither at night nor among those that have one. */
static void test_time_of_day(void **state)
{
    (void)state;
    tsl_features *f = build(NULL,
                            "customer,order,date,amount\n"
                            "a,1,2024-01-06,1\na,2,2024-01-07 19:00,2\na,3,2024-01-08 03:00,4\na,4,2024-01-09 00:00,4\n"
                            "a,5,2024-01-10 12:00,4\nb,6,2024-01-06,8\nb,7,2024-01-13 00:00:00,9\n"
                            "c,8,2024-01-13 00:00:01,9\n",
                            NULL);
    assert_feature(f, "a", "evening_share", 1. / 4); /* midnight that is written is one of the night */
    assert_feature(f, "a", "night_share", 2. / 4);
    assert_feature(f, "a", "weekend_share", 2. / 5); /* days are known of all */
    assert_feature(f, "b", "evening_share", 0);
    assert_feature(f, "b", "night_share", 1);
    assert_feature(f, "b", "weekend_share", 1);
    assert_feature(f, "c", "evening_share", 0);
    assert_feature(f, "c", "night_share", 1);
    tsl_features_free(f);
    /* where all are at midnight nobody's hours are known, however they are written */
    f = build(NULL, "customer,date,amount\na,2024-01-01 00:00,1\nb,2024-01-02 00:00,8\n", NULL);
    assert_int_equal(tsl_features_get_index(f, "night_share"), f->feature_count);
    tsl_features_free(f);
}

static void test_history(void **state)
{
    (void)state;
    tsl_features *f = build(NULL, transactions, NULL);
    const double *ann = f->history, *bob = ann + TSL_HISTORY_COLUMNS, *cai = bob + TSL_HISTORY_COLUMNS;
    assert_near(ann[TSL_HISTORY_X], 2);
    assert_near(ann[TSL_HISTORY_TX], 85);
    assert_near(ann[TSL_HISTORY_T], 85);
    assert_near(ann[TSL_HISTORY_SPEND_MEAN], 56.25);
    assert_near(ann[TSL_HISTORY_GAP_LAST], 55);
    assert_near(ann[TSL_HISTORY_GAP_MEDIAN], 42.5);
    assert_near(ann[TSL_HISTORY_GAP_P90], 52.5);
    assert_near(ann[TSL_HISTORY_GAP_MAX], 55);
    assert_true(isnan(bob[TSL_HISTORY_X]));
    assert_near(cai[TSL_HISTORY_X], 0);
    assert_near(cai[TSL_HISTORY_T], 396);
    assert_true(isnan(cai[TSL_HISTORY_SPEND_MEAN]));
    tsl_features_free(f);
}

static void test_interactions(void **state)
{
    (void)state;
    tsl_features *f = build(NULL, transactions,
                            "customer_id,timestamp,kind,minutes,pages,satisfaction,nps\n"
                            "ann,2024-03-30 10:00,visit,10,3,,\n"
                            "ann,2024-03-31 11:00,Browse,20,,4,7\n"
                            "ann,2023-12-01 11:00,complaint,,,2,9\n"
                            "ann,2024-01-15 11:00,service call,5,,,\n"
                            "dan,2024-01-01 00:00,session,1,1,,\n");
    assert_int_equal(f->customers, 4); /* who only browses is a customer, too */
    assert_feature(f, "ann", "visits", 2);
    assert_feature(f, "ann", "interactions", 4);
    assert_feature(f, "ann", "session_minutes_mean", 35.0 / 3);
    assert_feature(f, "ann", "page_depth_mean", 3);
    assert_feature(f, "ann", "complaints", 1);
    assert_feature(f, "ann", "service_contacts", 1);
    assert_feature(f, "ann", "satisfaction_mean", 3);
    assert_feature(f, "ann", "nps_last", 7);
    assert_feature(f, "ann", "last_interaction_days", 1);
    assert_feature(f, "ann", "interactions_per_month", 30.0 * 4 / 122);
    assert_feature(f, "ann", "months_without_interaction_12m", 9); /* 2023-12, 2024-01 and 2024-03 have one */
    assert_feature(f, "bob", "interactions", 0);
    assert_feature(f, "bob", "months_without_interaction_12m", 12);
    assert_feature(f, "bob", "session_minutes_mean", NAN);
    assert_feature(f, "bob", "last_interaction_days", NAN);
    tsl_features_free(f);
}

/* Scores may stand in the customers table instead; a wide table has all of its columns. */
static void test_scores_of_customers(void **state)
{
    (void)state;
    tsl_features *f = build("id,satisfaction,nps,age\nann,4,7,30\nbob,2,,40\ncai,3.5,10,50\n", NULL, NULL);
    assert_int_equal(f->feature_count, 3);
    assert_feature(f, "ann", "satisfaction_mean", 4);
    assert_feature(f, "cai", "satisfaction_mean", 3.5);
    assert_feature(f, "ann", "nps_last", 7);
    assert_feature(f, "bob", "nps_last", NAN);
    tsl_features_free(f);
    /* those of the interactions go before them */
    f = build("id,satisfaction,age\nann,4,30\nbob,2,40\n", NULL,
              "id,date,satisfaction\nann,2024-01-01,1\nbob,2024-01-02,5\n");
    assert_feature(f, "ann", "satisfaction_mean", 1);
    tsl_features_free(f);
    /* and of who has none there, his own counts */
    f = build("id,satisfaction,nps,age\nann,4,7,30\nbob,2,,40\ncai,,3,50\n", NULL,
              "id,date,satisfaction,nps\nann,2024-01-01,1,\nbob,2024-01-02,,9\n");
    assert_feature(f, "ann", "satisfaction_mean", 1);
    assert_feature(f, "bob", "satisfaction_mean", 2);
    assert_feature(f, "cai", "satisfaction_mean", NAN);
    assert_feature(f, "ann", "nps_last", 7);
    assert_feature(f, "bob", "nps_last", 9);
    assert_feature(f, "cai", "nps_last", 3);
    assert_true(f->info.notes.count > 0);
    assert_string_equal(f->info.notes.text[f->info.notes.count - 1],
                        "of customers whom no interaction tells it of, the customers table does: satisfaction_mean, "
                        "nps_last");
    tsl_features_free(f);
    enum { WIDE = 40 };
    char text[4000];
    size_t length = (size_t)sprintf(text, "id");
    for (int row = -1; row < 5; row++) {
        if (row >= 0) {
            length += (size_t)sprintf(text + length, "\nc%d", row);
        }
        for (int c = 0; c < WIDE; c++) {
            length += (size_t)sprintf(text + length, row < 0 ? ",a%d" : ",%d.5", row < 0 ? c : (row + 1) * (c + 2));
        }
    }
    f = build(text, NULL, NULL);
    assert_int_equal(f->feature_count, WIDE);
    assert_feature(f, "c1", "a39", 82.5);
    tsl_features_free(f);
}

static int count_notes(const tsl_features *f, const char *what)
{
    int count = 0;
    for (size_t i = 0; i < f->info.notes.count; i++) {
        count += strstr(f->info.notes.text[i], what) != NULL;
    }
    return count;
}

/* That a column has no value is news where the fit had some. */
static void test_emptied_columns(void **state)
{
    (void)state;
    static const char news[] = "no customer has a value in these columns, as some had in the fit: note";
    static const tsl_column_rule note = {.name = "note", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    static const char *const csv[] = {"id,age,note\na,20,\nb,30,\nc,45,\n", "id,age,note\na,20,1\nb,30,5\nc,45,\n"};
    tsl_table *table[2] = {table_declared(TSL_CUSTOMERS, csv[0], &note, 1),
                           table_declared(TSL_CUSTOMERS, csv[1], &note, 1)};
    for (int had = 0; had < 2; had++) {
        tsl_features *fit = features_of(table[had], NULL, NULL, NULL, NULL);
        assert_int_equal(count_notes(fit, "as some had in the fit"), 0);
        tsl_features *applied = features_of(table[0], NULL, NULL, fit->recipe, NULL);
        assert_int_equal(count_notes(applied, news), had);
        tsl_features_free(applied);
        tsl_features_free(fit);
    }
    tsl_table_free(table[0]);
    tsl_table_free(table[1]);
}

static void test_attributes(void **state)
{
    (void)state;
    tsl_features *f =
        build("customer_id,birth date,income,gender,member\n"
              "ann,1990-04-02,\"$50,000 \",F,Y\nbob,1990-04-01,40000,M,N\neve,,30000,,Y\nfay,2000-01-01,1,F,N\n",
              transactions, NULL);
    assert_int_equal(f->customers, 5); /* cai is an orphan, eve and fay have no lines */
    assert_feature(f, "ann", "age_years", 33);
    assert_feature(f, "bob", "age_years", 34);
    assert_feature(f, "eve", "age_years", NAN);
    assert_feature(f, "ann", "income", 50000);
    assert_feature(f, "ann", "gender=F", 1);
    assert_feature(f, "bob", "gender=F", 0);
    assert_feature(f, "eve", "gender=F", NAN);
    assert_feature(f, "cai", "income", NAN);
    assert_feature(f, "ann", "member", 1);
    assert_feature(f, "eve", "frequency", 0);
    assert_feature(f, "eve", "monetary_total", 0);
    /* gender as it was: ann, bob, cai (of whom nothing is known), eve (missing), fay */
    static const int32_t code[] = {0, 1, -1, -1, 0};
    assert_int_equal(f->category_count, 1);
    assert_string_equal(f->category[0].name, "gender");
    assert_memory_equal(f->category[0].code, code, sizeof code);
    tsl_features_free(f);
}

/* The rows in another order: not one bit changes. */
static void test_shuffled(void **state)
{
    (void)state;
    char shuffled[sizeof transactions] = "";
    const char *line[16];
    size_t count = 0, header = strcspn(transactions, "\n") + 1;
    for (const char *p = transactions + header; *p; p += strcspn(p, "\n") + 1) {
        line[count++] = p;
    }
    size_t at = header;
    memcpy(shuffled, transactions, header);
    for (size_t i = count; i-- > 0;) {
        size_t length = strcspn(line[i], "\n") + 1;
        memcpy(shuffled + at, line[i], length);
        at += length;
    }
    tsl_features *a = build(NULL, transactions, NULL), *b = build(NULL, shuffled, NULL);
    assert_int_equal(a->feature_count, b->feature_count);
    assert_memory_equal(a->x, b->x, a->customers * a->feature_count * sizeof *a->x);
    assert_memory_equal(a->history, b->history, a->customers * TSL_HISTORY_COLUMNS * sizeof *a->x);
    for (int g = 0; g < TSL_GROUPS; g++) {
        assert_int_equal(a->vector[g].cols, b->vector[g].cols);
        assert_memory_equal(a->vector[g].values, b->vector[g].values,
                            a->customers * a->vector[g].cols * sizeof *a->vector[g].values);
    }
    tsl_features_free(a);
    tsl_features_free(b);
}

static void check_refused(tsl_tables tables, tsl_status status, const char *said)
{
    tsl_features *f = (tsl_features *)(uintptr_t)1;
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), status);
    assert_null(f);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

/* The default day follows the last row of any event table, else the last date of the customers that is none on which
 * something ends. */
static void test_as_of(void **state)
{
    (void)state;
    static const char orders[] = "customer,date,amount\na,2024-01-01,1\nb,2024-01-05,2\n";
    static const char people[] =
        "id,born,joined,%s\na,1980-01-01,2020-01-02,%d-05-06\nb,1990-02-03,2021-03-04,%d-01-01\n"
        "c,2030-01-01,2019-01-01,%d-02-03\n";
    const struct {
        const char *visits, *column, *day, *from, *note;
        int has_orders;
    } cases[] = {
        {NULL, NULL, "2024-01-06", "transactions", NULL, 1},
        {"customer,date\na,2024-01-04\n", NULL, "2024-01-06", "transactions",
         "as of 2024-01-06, the day after the last row of transactions; the interactions end on 2024-01-04", 1},
        {"customer,date\na,2024-01-05 23:00\n", NULL, "2024-01-06", "interactions", NULL, 1},
        {"customer,date\na,2024-02-04 10:00\nb,2024-01-01\n", NULL, "2024-02-05", "interactions",
         "as of 2024-02-05, the day after the last row of interactions; the transactions end on 2024-01-05", 1},
        {"customer,date\na,2024-02-04\n", "joined too", "2024-02-05", "interactions", NULL, 0},
        {NULL, "seen", "2031-05-07", "customers", "as of 2031-05-07, the day after the last seen of the customers", 0},
        {NULL, "valid until", "2021-03-05", "customers", "as of 2021-03-05, the day after the last joined", 0},
        {NULL, "会员到期日", "2021-03-05", "customers", NULL, 0},
        {NULL, "ExpiryDate", "2021-03-05", "customers", NULL, 0},
        {NULL, "Vertragsende", "2021-03-05", "customers", NULL, 0},
        {NULL, "Fecha de vencimiento", "2021-03-05", "customers", NULL, 0},
        {NULL, "Fin de contrat", "2021-03-05", "customers", NULL, 0},
        {NULL, "Laufzeit", "2031-05-07", "customers",
         "most of them lie behind all other dates, which end on 2021-03-04 (joined): where they are yet to come, give "
         "--as-of 2021-03-05",
         0},
        {NULL, "seen", "2024-01-06", "transactions", NULL, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char customers[400], day[11];
        snprintf(customers, sizeof customers, people, cases[i].column ? cases[i].column : "", 2031, 2030, 2029);
        tsl_features *f =
            build(cases[i].column ? customers : NULL, cases[i].has_orders ? orders : NULL, cases[i].visits);
        tsl_day_write(f->as_of, day);
        if (strcmp(day, cases[i].day) != 0 || strcmp(f->as_of_from, cases[i].from) != 0) {
            fail_msg("%zu: %s by %s", i, day, f->as_of_from);
        }
        int said = 0, any = 0;
        for (size_t n = 0; n < f->info.notes.count; n++) {
            said |= cases[i].note && strstr(f->info.notes.text[n], cases[i].note);
            any |= strncmp(f->info.notes.text[n], "as of", 5) == 0;
        }
        if (cases[i].note ? !said : any && cases[i].has_orders) {
            fail_msg("%zu: %s", i, cases[i].note ? cases[i].note : "a note");
        }
        tsl_features_free(f);
    }
}

static int has_note(const tsl_features *f, const char *part)
{
    for (size_t n = 0; n < f->info.notes.count; n++) {
        if (strstr(f->info.notes.text[n], part)) {
            return 1;
        }
    }
    return 0;
}

/* Days that are those of births, whatever their column is called; births that no age follows from. */
static void test_births(void **state)
{
    (void)state;
    tsl_features *f = build("id,Tag,income\na,1940-01-01,1\nb,1950-01-01,2\nc,2001-01-01,3\n", NULL, NULL);
    assert_int_equal(f->as_of, TSL_NO_DAY);
    assert_true(has_note(f, "Tag does not set the as-of day: most of its days lie over 20 years before the last"));
    tsl_features_free(f);
    f = build("id,birthday,joined,income\na,3/11/55,2020-01-02,1\nb,3/25/69,2020-01-03,2\nc,3/25/21,2020-01-04,3\n",
              NULL, NULL);
    assert_feature(f, "a", "age_years", 64); /* and not born in 2055 */
    assert_feature(f, "b", "age_years", 50);
    assert_feature(f, "c", "age_years", NAN); /* which may be 1921 or 2021: no as-of day was given to the reading */
    assert_true(has_note(f, "birthday: 1 date lies behind the as-of day or over 130 years before it"));
    tsl_features_free(f);
    tsl_table *dates = table_of_text(TSL_CUSTOMERS, "id,Geburtsdatum,Vertragsende\na,1950-01-01,2030-01-01\n"
                                                    "b,1951-01-01,2031-01-01\n");
    check_refused((tsl_tables){.customers = dates, .as_of = TSL_NO_DAY}, TSL_E_INPUT,
                  "what is made of Geburtsdatum, Vertragsende counts from the as-of day, which no column sets; give "
                  "--as-of");
    tsl_table_free(dates);
}

/* Of rows with a time of day among others, in columns and kept by customer: the same. */
static void test_clock_of_rows(void **state)
{
    (void)state;
    static const char csv[] =
        "customer,order,date,amount\na,1,2024-01-01 00:00,1\na,2,2024-01-02,1\na,3,2024-01-03 19:00,1\n"
        "b,4,2024-01-01,1\nb,5,2024-01-02,2\nc,6,2024-01-02,1\nc,6,2024-01-02 00:00,1\n"
        "c,7,2024-01-02 09:00,1\nd,8,2024-01-02,1\nd,8,2024-01-02 20:00,1\n";
    const tsl_source source = {.bytes = csv, .count = strlen(csv)};
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        tsl_table_options opt;
        tsl_table *t;
        tsl_error err;
        TSL_DEFAULTS(table, &opt);
        opt.by_customer = by_customer;
        assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &t, &err), TSL_OK);
        tsl_features *f = features_of(NULL, t, NULL, NULL, NULL);
        assert_feature(f, "a", "night_share", 0.5); /* of two purchases with a time of day */
        assert_feature(f, "a", "evening_share", 0.5);
        assert_feature(f, "b", "night_share", NAN);
        assert_feature(f, "b", "evening_share", NAN);
        assert_feature(f, "c", "night_share", 0.5);   /* of one instant, the line with a time of day is the first */
        assert_feature(f, "d", "evening_share", NAN); /* an order's hour is its first line's */
        tsl_features_free(f);
        tsl_table_free(t);
    }
}

/* The clock of the times is kept with the features. */
static void test_time_zone(void **state)
{
    (void)state;
    static const char csv[] = "customer,date,amount\na,2024-01-01T20:00Z,1\nb,2024-01-03T01:00%s,2\n";
    const struct {
        const char *offset, *zone, *kept, *day;
    } cases[] = {{"Z", NULL, "as written", "2024-01-04"},
                 {"+02:00", NULL, "UTC", "2024-01-03"},
                 {"Z", "Asia/Shanghai", "Asia/Shanghai", "2024-01-04"},
                 {"+02:00", "-12:00", "-12:00", "2024-01-03"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200], path[] = "/tmp/tesela-zone-XXXXXX", day[11];
        snprintf(text, sizeof text, csv, cases[i].offset);
        const tsl_source source = {.bytes = text, .count = strlen(text)};
        tsl_table_options opt;
        tsl_table *t;
        tsl_features *back;
        tsl_error err;
        TSL_DEFAULTS(table, &opt);
        opt.timezone = cases[i].zone;
        assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &t, &err), TSL_OK);
        tsl_features *f = features_of(NULL, t, NULL, NULL, NULL);
        assert_string_equal(f->time_zone, cases[i].kept);
        tsl_day_write(f->as_of, day);
        assert_string_equal(day, cases[i].day);
        close(mkstemp(path));
        assert_int_equal(tsl_features_write(f, &(tsl_target){.path = path, .replace = 1}, NULL, &err), TSL_OK);
        assert_int_equal(tsl_features_read(&(tsl_source){.path = path}, NULL, &back, &err), TSL_OK);
        assert_string_equal(back->time_zone, cases[i].kept);
        assert_string_equal(back->as_of_from, "");
        unlink(path);
        tsl_features_free(back);
        tsl_features_free(f);
        tsl_table_free(t);
    }
}

/* Two tables of events by two clocks are refused; by one, or by a declared one, they are not. */
static void test_two_clocks(void **state)
{
    (void)state;
    static const struct {
        const char *transactions, *interactions, *zone;
        int refused;
    } cases[] = {{"2024-01-04T18:30:00Z", "2024-01-05T02:30:00+08:00", NULL, 1},
                 {"2024-01-04T18:30:00Z", "2024-01-04T18:30:00+00:00", NULL, 0},
                 {"2024-01-05T02:30:00+08:00", "2024-01-05T02:30:00+08:00", NULL, 0},
                 {"2024-01-04T18:30:00Z", "2024-01-05T02:30:00+08:00", "UTC", 0},
                 {"2024-01-04T18:30:00Z", "2024-01-05 02:30:00", NULL, 0},            /* which tells no clock */
                 {"2024-01-04T18:30:00Z", "2024-01-05 02:30:00", "Asia/Shanghai", 0}, /* which it is declared for */
                 {"2024-01-04T18:30:00Z", "2024-01-05", NULL, 0},
                 {"1704393000", "2024-01-05T02:30:00+08:00", NULL, 1}};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        char text[2][120];
        tsl_table *t[2] = {NULL};
        tsl_table_options opt;
        tsl_features *f = NULL;
        tsl_error err;
        const int by_customer = i % 2;
        snprintf(text[0], sizeof text[0], "customer,date,amount\nb,%s,1\nc,%s,2\n", cases[i / 2].transactions,
                 cases[i / 2].transactions);
        snprintf(text[1], sizeof text[1], "customer,date\nb,%s\n", cases[i / 2].interactions);
        TSL_DEFAULTS(table, &opt);
        opt.timezone = cases[i / 2].zone;
        opt.by_customer = by_customer;
        for (int k = 0; k < 2; k++) {
            const tsl_source source = {.bytes = text[k], .count = strlen(text[k])};
            assert_int_equal(tsl_table_read(k ? TSL_INTERACTIONS : TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL,
                                            &t[k], &err),
                             TSL_OK);
        }
        const tsl_tables tables = {NULL, t[0], t[1], TSL_NO_DAY, 0};
        if (tsl_features_build(&tables, NULL, NULL, NULL, &f, &err) != (cases[i / 2].refused ? TSL_E_INPUT : TSL_OK)) {
            fail_msg("%zu: %s", i, err.message);
        }
        if (cases[i / 2].refused) {
            assert_non_null(strstr(err.message, "the transactions are by the clock of +00:00 ("));
            assert_non_null(strstr(err.message, "2: \"2024-01-05T02:30:00+08:00\"): say by --timezone"));
        }
        int told = 0;
        for (size_t n = 0; f && n < f->info.notes.count; n++) {
            told |= strstr(f->info.notes.text[n], "the transactions have times of a zone (") != NULL;
        }
        assert_int_equal(told, strlen(cases[i / 2].interactions) == 19 && !cases[i / 2].zone);
        tsl_features_free(f);
        tsl_table_free(t[0]);
        tsl_table_free(t[1]);
    }
}

static void test_refused(void **state)
{
    (void)state;
    tsl_table *one = table_of_text(TSL_TRANSACTIONS, "customer,date,amount\na,2024-01-01,1\na,2024-01-02,2\n");
    tsl_table *alike = table_of_text(TSL_TRANSACTIONS, "customer,date,amount\na,2024-01-01,1\nb,2024-01-01,1\n");
    check_refused((tsl_tables){.transactions = one, .as_of = TSL_NO_DAY}, TSL_E_INPUT, "one customer");
    check_refused((tsl_tables){.transactions = alike, .as_of = TSL_NO_DAY}, TSL_E_INPUT, "alike");
    check_refused((tsl_tables){.as_of = TSL_NO_DAY}, TSL_E_OPTION, "customers or transactions are needed");
    /* 1970: the table was not read with it */
    check_refused((tsl_tables){.transactions = alike, .as_of = 0}, TSL_E_OPTION, "transactions: rows at or after");
    check_refused((tsl_tables){.transactions = alike, .as_of = INT32_MAX}, TSL_E_OPTION, "outside the years 1 to 9999");
    tsl_feature_options opt;
    const tsl_tables tables = {.transactions = alike, .as_of = TSL_NO_DAY};
    tsl_features *f;
    TSL_DEFAULTS(feature, &opt);
    opt.winsor_low = .5;
    opt.winsor_high = .5;
    assert_int_equal(tsl_features_build(&tables, NULL, &opt, NULL, &f, NULL), TSL_E_OPTION);
    assert_null(f);
    tsl_table_free(one);
    tsl_table_free(alike);
}

/* Where no kind is known, nothing is counted by it; a recipe that counts refuses such a table. */
static void test_unknown_kinds(void **state)
{
    (void)state;
    static const char known[] = "customer,date,kind\nann,2024-03-30,Besuch\nann,2024-03-31,scroll\n",
                      unknown[] = "customer,date,kind\nann,2024-03-30,share\nann,2024-03-31,scroll\n";
    static const char *const names[] = {"visits", "service_contacts", "complaints"};
    tsl_features *f = build(NULL, transactions, unknown), *fit = build(NULL, transactions, known), *missing = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(tsl_features_get_index(f, names[i]), f->feature_count);
    }
    assert_feature(f, "ann", "interactions", 2);
    assert_feature(fit, "ann", "visits", 1);
    assert_feature(fit, "ann", "complaints", 0);
    tsl_table *orders = table_of_text(TSL_TRANSACTIONS, transactions), *acts = table_of_text(TSL_INTERACTIONS, unknown);
    const tsl_tables tables = {NULL, orders, acts, TSL_NO_DAY, 0};
    tsl_feature_options opt;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    assert_int_equal(tsl_features_build(&tables, fit->recipe, &opt, NULL, &missing, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "a kind that is known (interactions)"));
    opt.allow_missing = 1;
    assert_int_equal(tsl_features_build(&tables, fit->recipe, &opt, NULL, &missing, &err), TSL_OK);
    assert_feature(missing, "ann", "visits", NAN);
    tsl_features_free(missing);
    tsl_features_free(fit);
    tsl_features_free(f);
    tsl_table_free(orders);
    tsl_table_free(acts);
}

/* Figures whose sum leaves 64 bits are refused by name; those that just do not are not. */
static void test_sums(void **state)
{
    (void)state;
    static const char *const names[] = {"minutes", "pages", "satisfaction"};
    tsl_table *orders = table_of_text(TSL_TRANSACTIONS, "customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (int beyond = 0; beyond < 2; beyond++) {
            char csv[256], said[128];
            snprintf(csv, sizeof csv,
                     "customer,date,%s\na,2024-01-01,900000000000000\nb,2024-01-01,22337203685477.%s\n", names[i],
                     beyond ? "5807" : "5806");
            snprintf(said, sizeof said, "interactions: %s: the values add up to more than", names[i]);
            tsl_table *visits = table_of_text(TSL_INTERACTIONS, csv);
            const tsl_tables tables = {.transactions = orders, .interactions = visits, .as_of = TSL_NO_DAY};
            tsl_features *f = NULL;
            if (beyond) {
                check_refused(tables, TSL_E_INPUT, said);
            } else {
                assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, NULL), TSL_OK);
            }
            tsl_features_free(f);
            tsl_table_free(visits);
        }
    }
    tsl_table_free(orders);
}

/* The unit in the name of a plain column is the feature's; its values stay. */
static void test_unit_of_name(void **state)
{
    (void)state;
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "customer_id,income (k€),stay_days,age\na,10,3,20\nb,30,5,31\n"
                                                    "c,25,9,42\n");
    tsl_features *f = features_of(table, NULL, NULL, NULL, NULL);
    static const char *const units[][2] = {{"income (k€)", "k€"}, {"stay_days", "days"}, {"age", ""}};
    for (size_t i = 0; i < 3; i++) {
        const size_t at = tsl_features_get_index(f, units[i][0]);
        assert_true(at < f->feature_count);
        assert_string_equal(f->feature[at].unit, units[i][1]);
    }
    assert_true(f->x[tsl_features_get_index(f, "income (k€)")] == 10);
    tsl_features_free(f);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit_of_name),     cmocka_unit_test(test_purchases),
        cmocka_unit_test(test_no_negative_zero), cmocka_unit_test(test_no_purchase),
        cmocka_unit_test(test_rfm_score),        cmocka_unit_test(test_one_instant),
        cmocka_unit_test(test_no_order_id),      cmocka_unit_test(test_time_of_day),
        cmocka_unit_test(test_history),          cmocka_unit_test(test_interactions),
        cmocka_unit_test(test_unknown_kinds),    cmocka_unit_test(test_scores_of_customers),
        cmocka_unit_test(test_emptied_columns),  cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_shuffled),         cmocka_unit_test(test_as_of),
        cmocka_unit_test(test_births),           cmocka_unit_test(test_clock_of_rows),
        cmocka_unit_test(test_time_zone),        cmocka_unit_test(test_two_clocks),
        cmocka_unit_test(test_refused),          cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
