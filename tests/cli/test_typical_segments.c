/* test_typical_segments.c: the segments of a run by default on public tables of orders, as a reference in NumPy finds
 * them: who is set apart, the usual gap, the unit of amounts, the places that are left, sizes and centres. The
 * reference knows the rule alone (docs/methods/basis.md, anchors.md) and reads the tables by itself. CDNOW is not
 * shipped: without $TESELA_TEST_DATA it is left out. */
#include "nightly.h"
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/label.h>

typedef enum orders { RETAIL, CDNOW, ADVENTUREWORKS, RFM } orders;

typedef struct group {
    const char *code;
    uint64_t size;
    double centre[3]; /* recency, frequency, spend; of a class none */
} group;

static const struct expected {
    orders set;
    const char *until;
    double gap, unit;
    int count;
    group group[7];
} expected[] = {
    {RETAIL,
     "2011-09-09",
     70.350000000000009,
     304.14250000000004,
     6,
     {{"CHAMP", 297, {-1.14146364, 1.53916055, 1.35280054}},
      {"ACTIVE_SMALL", 379, {-1.12226514, -0.0904311394, -0.100416441}},
      {"GOOD_QUIET", 533, {0.38077831, 0.23821748, 0.370861056}},
      {"SMALL_QUIET", 747, {0.72440221, -0.835310861, -0.93815514}},
      {"ONCE_RECENT", 331, {0}},
      {"ONCE_LAPSED", 1083, {0}}}},
    {RETAIL,
     "2011-08-10",
     65.5,
     303.82400000000001,
     6,
     {{"CHAMP", 264, {-1.13656164, 1.54870198, 1.3565069}},
      {"ACTIVE_SMALL", 354, {-1.12067796, -0.0728003917, -0.0668746775}},
      {"GOOD_QUIET", 480, {0.387590689, 0.237267771, 0.366399058}},
      {"SMALL_QUIET", 695, {0.709292689, -0.831950739, -0.938842561}},
      {"ONCE_RECENT", 375, {0}},
      {"ONCE_LAPSED", 1043, {0}}}},
    {RETAIL,
     "2011-08-09",
     65.5,
     303.58499999999998,
     6,
     {{"CHAMP", 270, {-1.12423995, 1.54210219, 1.35512194}},
      {"ACTIVE_SMALL", 358, {-1.11709182, -0.0774356803, -0.0663906426}},
      {"GOOD_QUIET", 471, {0.398075347, 0.237043278, 0.3599651}},
      {"SMALL_QUIET", 690, {0.706675404, -0.83386037, -0.940987556}},
      {"ONCE_RECENT", 378, {0}},
      {"ONCE_LAPSED", 1037, {0}}}},
    {RETAIL,
     "2011-07-10",
     60.799999999999997,
     303.94999999999999,
     6,
     {{"CHAMP", 245, {-1.11865543, 1.54732726, 1.34702584}},
      {"ACTIVE_SMALL", 329, {-1.1137938, -0.120333195, -0.122681873}},
      {"GOOD_QUIET", 448, {0.395544137, 0.216029457, 0.367066656}},
      {"SMALL_QUIET", 599, {0.718357734, -0.814983356, -0.932958933}},
      {"ONCE_RECENT", 390, {0}},
      {"ONCE_LAPSED", 1001, {0}}}},
    {RETAIL,
     "2011-07-09",
     60.700000000000003,
     304.125,
     6,
     {{"CHAMP", 250, {-1.13942595, 1.53992321, 1.34060724}},
      {"ACTIVE_SMALL", 325, {-1.09542303, -0.12921461, -0.12754673}},
      {"GOOD_QUIET", 444, {0.399453065, 0.218393769, 0.368384119}},
      {"SMALL_QUIET", 597, {0.719492264, -0.814495751, -0.93363167}},
      {"ONCE_RECENT", 405, {0}},
      {"ONCE_LAPSED", 989, {0}}}},
    {RETAIL,
     "2011-06-09",
     55.799999999999997,
     305.42500000000001,
     6,
     {{"CHAMP", 200, {-1.08030041, 1.5695167, 1.35256223}},
      {"ACTIVE_SMALL", 272, {-1.18462176, -0.0750790456, -0.123575906}},
      {"GOOD_QUIET", 412, {0.377168318, 0.195798632, 0.375333619}},
      {"SMALL_QUIET", 528, {0.710171353, -0.82145776, -0.926971841}},
      {"ONCE_RECENT", 409, {0}},
      {"ONCE_LAPSED", 979, {0}}}},
    {CDNOW,
     "1997-12-31",
     96,
     28.34,
     6,
     {{"CHAMP", 1655, {-1.17055442, 1.53599091, 1.32879122}},
      {"ACTIVE_SMALL", 1983, {-1.10775915, -0.0539002271, -0.0794700027}},
      {"GOOD_QUIET", 2686, {0.421840982, 0.220788213, 0.416136599}},
      {"SMALL_QUIET", 4163, {0.69597201, -0.833857647, -0.954643488}},
      {"ONCE_LARGER", 6452, {0}},
      {"ONCE_SMALLER", 6563, {0}}}},
    {CDNOW,
     "1997-12-01",
     87.200000000000003,
     28.136666666666667,
     6,
     {{"CHAMP", 1560, {-1.16156282, 1.53981282, 1.34069864}},
      {"ACTIVE_SMALL", 1762, {-1.15943056, -0.0462860258, -0.0717660709}},
      {"GOOD_QUIET", 2745, {0.417179505, 0.22197343, 0.407713143}},
      {"SMALL_QUIET", 4154, {0.671940574, -0.823449124, -0.945911925}},
      {"ONCE_LARGER", 6590, {0}},
      {"ONCE_SMALLER", 6691, {0}}}},
    {CDNOW,
     "1997-11-30",
     87,
     28.129999999999999,
     6,
     {{"CHAMP", 1556, {-1.16819757, 1.54021935, 1.33988458}},
      {"ACTIVE_SMALL", 1765, {-1.1538874, -0.0477912069, -0.0710067315}},
      {"GOOD_QUIET", 2732, {0.418155966, 0.222970123, 0.409542333}},
      {"SMALL_QUIET", 4154, {0.67228504, -0.822044772, -0.945548505}},
      {"ONCE_LARGER", 6597, {0}},
      {"ONCE_SMALLER", 6698, {0}}}},
    {CDNOW,
     "1997-10-31",
     78,
     27.835000000000001,
     6,
     {{"CHAMP", 1447, {-1.16123566, 1.55694409, 1.33932536}},
      {"ACTIVE_SMALL", 1626, {-1.17829357, -0.0391235962, -0.0838223214}},
      {"GOOD_QUIET", 2782, {0.411380475, 0.20027538, 0.416531175}},
      {"SMALL_QUIET", 3965, {0.660336142, -0.817114426, -0.947561124}},
      {"ONCE_LARGER", 6820, {0}},
      {"ONCE_SMALLER", 6860, {0}}}},
    {CDNOW,
     "1997-10-01",
     69,
     27.8475,
     6,
     {{"CHAMP", 1387, {-1.15472641, 1.56713573, 1.33559774}},
      {"ACTIVE_SMALL", 1415, {-1.20558386, -0.0400688347, -0.0879776243}},
      {"GOOD_QUIET", 2781, {0.391662101, 0.18614073, 0.41702046}},
      {"SMALL_QUIET", 3880, {0.646315302, -0.805599516, -0.941367018}},
      {"ONCE_LARGER", 7015, {0}},
      {"ONCE_SMALLER", 7022, {0}}}},
    {ADVENTUREWORKS,
     "2018-12-31",
     312,
     1738.71585,
     6,
     {{"ACTIVE_SMALL", 646, {-1.1826971, 0.156960045, -0.0212964262}},
      {"GOOD_QUIET", 1247, {0.501213281, 0.0412913922, 0.503383986}},
      {"SMALL_QUIET", 448, {0.546100872, -0.695106182, -1.31431587}},
      {"ONCE_RECENT_LARGER", 2651, {0}},
      {"ONCE_RECENT_SMALLER", 3890, {0}},
      {"ONCE_LAPSED", 1677, {0}}}},
    {ADVENTUREWORKS,
     "2018-12-01",
     328,
     1947.7593999999999,
     6,
     {{"ACTIVE_SMALL", 420, {-1.23224232, 0.206182566, -0.0330048342}},
      {"GOOD_QUIET", 940, {0.488123489, 0.0146429138, 0.506642451}},
      {"SMALL_QUIET", 340, {0.529823196, -0.686208222, -1.30600352}},
      {"ONCE_RECENT_LARGER", 2669, {0}},
      {"ONCE_RECENT_SMALLER", 3257, {0}},
      {"ONCE_LAPSED", 1713, {0}}}},
    {ADVENTUREWORKS,
     "2018-09-30",
     305,
     2049.0981999999999,
     5,
     {{"ACTIVE_SMALL", 287, {-1.10146645, 0.138757123, -0.193532708}},
      {"GOOD_QUIET", 556, {0.496510465, 0.0287883157, 0.312754909}},
      {"ONCE_RECENT_LARGER", 2003, {0}},
      {"ONCE_RECENT_SMALLER", 2334, {0}},
      {"ONCE_LAPSED", 1853, {0}}}},
    {ADVENTUREWORKS,
     "2018-08-31",
     254,
     2004.22,
     5,
     {{"ACTIVE_SMALL", 152, {-1.1309034, 0.0994733412, -0.235963963}},
      {"GOOD_QUIET", 327, {0.485611091, 0.058086826, 0.332179861}},
      {"ONCE_RECENT_LARGER", 1720, {0}},
      {"ONCE_RECENT_SMALLER", 1417, {0}},
      {"ONCE_LAPSED", 2271, {0}}}},
    {ADVENTUREWORKS,
     "2018-06-30",
     90,
     2181.5625,
     4,
     {{"LOYAL", 663, {-0.662325873, 0.465369204, 0.450489708}},
      {"ACTIVE_SMALL", 780, {-1.16251434, -0.290772532, -0.58287124}},
      {"GOOD_QUIET", 2209, {0.589418054, 0, 0.57516588}},
      {"SMALL_QUIET", 684, {0.628991167, -0.735746606, -1.39239523}}}},
    {ADVENTUREWORKS,
     "2018-05-31",
     90,
     2181.5625,
     4,
     {{"LOYAL", 158, {-0.727528109, 0.648195876, 0.597216322}},
      {"ACTIVE_SMALL", 1001, {-1.0922806, -0.25062282, -0.500347397}},
      {"GOOD_QUIET", 2243, {0.54435907, 0, 0.548906838}},
      {"SMALL_QUIET", 622, {0.625876701, -0.741523342, -1.39997598}}}},
    {RFM,
     "2006-06-30",
     223.70000000000002,
     94.142857142857139,
     5,
     {{"CHAMP", 139, {-1.11666768, 1.38281336, 1.21748812}},
      {"ACTIVE_SMALL", 157, {-1.16384573, -0.0795694641, -0.11335815}},
      {"GOOD_QUIET", 362, {0.447245992, 0.351618547, 0.433159433}},
      {"SMALL_QUIET", 270, {0.643337806, -1.05285389, -1.13961848}},
      {"ONCE", 61, {0}}}},
    {RFM,
     "2006-05-31",
     217,
     94,
     5,
     {{"CHAMP", 134, {-1.08474241, 1.39379254, 1.2207551}},
      {"ACTIVE_SMALL", 152, {-1.21370368, -0.0474585907, -0.0716835949}},
      {"GOOD_QUIET", 353, {0.442548553, 0.352681859, 0.433067355}},
      {"SMALL_QUIET", 280, {0.636216308, -1.04673874, -1.13223042}},
      {"ONCE", 68, {0}}}},
    {RFM,
     "2005-12-31",
     201.70000000000002,
     94.833333333333329,
     5,
     {{"CHAMP", 146, {-1.08503828, 1.39775613, 1.22544482}},
      {"ACTIVE_SMALL", 133, {-1.15683381, -0.0797803345, -0.0560735504}},
      {"GOOD_QUIET", 326, {0.405979471, 0.3417251, 0.424540426}},
      {"SMALL_QUIET", 294, {0.622346108, -1.00348293, -1.11458119}},
      {"ONCE", 83, {0}}}},
    {RFM,
     "2005-12-01",
     200,
     93.625,
     5,
     {{"CHAMP", 142, {-1.0207217, 1.40306836, 1.22295228}},
      {"ACTIVE_SMALL", 135, {-1.22468378, -0.085657574, -0.0508794628}},
      {"GOOD_QUIET", 332, {0.399023567, 0.336194256, 0.419178009}},
      {"SMALL_QUIET", 286, {0.632519705, -1.00570389, -1.12309949}},
      {"ONCE", 85, {0}}}},
    {RFM,
     "2005-06-30",
     179.59999999999999,
     92.5,
     6,
     {{"CHAMP", 125, {-0.990810111, 1.46089817, 1.22459171}},
      {"ACTIVE_SMALL", 155, {-1.13386884, -0.136994514, -0.112693292}},
      {"GOOD_QUIET", 232, {0.438987153, 0.290913051, 0.429138441}},
      {"SMALL_QUIET", 233, {0.687456197, -0.952306645, -1.06782287}},
      {"ONCE_RECENT", 84, {0}},
      {"ONCE_LAPSED", 94, {0}}}},
    {RFM,
     "2005-05-31",
     169,
     92.5,
     6,
     {{"CHAMP", 111, {-1.05774583, 1.46342365, 1.22667535}},
      {"ACTIVE_SMALL", 162, {-1.0505128, -0.146483949, -0.117167883}},
      {"GOOD_QUIET", 193, {0.457134988, 0.327588495, 0.450620426}},
      {"SMALL_QUIET", 213, {0.720951138, -0.946486914, -1.04789345}},
      {"ONCE_RECENT", 94, {0}},
      {"ONCE_LAPSED", 121, {0}}}},
};
enum { CUTS = sizeof expected / sizeof *expected };

/* ---- The tables -------------------------------------------------------------------- */

/* Where a table lies that is not shipped, or NULL. */
static const char *find_data(const char *name)
{
    static char path[4096];
    const char *folder = getenv("TESELA_TEST_DATA");
    FILE *file = NULL;
    if (folder) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        file = fopen(path, "r");
    }
    if (file) {
        fclose(file);
    }
    return file ? path : NULL;
}

/* A table of one order a row, whose number is the order's; CDNOW's fields stand between blanks. */
static void number_orders(const char *from, const char *to)
{
    char line[256], customer[64], day[64], amount[64];
    FILE *in = fopen(from, "r");
    assert_non_null(in);
    void *out = put_open(to);
    put_line(out, "order,customer,date,amount");
    assert_non_null(fgets(line, sizeof line, in));
    const int blanks = !strchr(line, ',');
    for (int order = 0; fgets(line, sizeof line, in); order++) {
        if (blanks) {
            assert_int_equal(sscanf(line, "%63s %63s %*s %63s", customer, day, amount), 3);
            put_line(out, "%d,%s,%.4s-%.2s-%.2s,%s", order, customer, day, day + 4, day + 6, amount);
        } else {
            assert_int_equal(sscanf(line, "%63[^,],%63[^,],%63s", customer, day, amount), 3);
            put_line(out, "%d,%s,%s,%s", order, customer, day, amount);
        }
    }
    fclose(in);
    put_close(out);
}

/* The options that name the tables of a set; NULL: it is not there. */
static const char *get_tables(orders set)
{
    static char options[4 * 4096];
    const char *folder = source("datasets/adventureworks"), *cdnow = find_data("CDNOW_master.txt");
    switch (set) {
    case RETAIL:
        snprintf(options, sizeof options, "--transactions %s",
                 source("datasets/online-retail/online_retail_lines.csv.xz"));
        return options;
    case ADVENTUREWORKS:
        snprintf(options, sizeof options,
                 "--config %s/adventureworks.yaml --transactions %s/AdventureWorks_Sales_2017.csv "
                 "%s/AdventureWorks_Sales_2018.csv %s/AdventureWorks_Sales_2019.csv",
                 folder, folder, folder, folder);
        return options;
    case RFM:
        number_orders(source("datasets/rfm/rfm_data_orders.csv"), "rfm.csv");
        return "--transactions rfm.csv";
    default:
        if (cdnow) {
            number_orders(cdnow, "cdnow.csv");
        }
        return cdnow ? "--transactions cdnow.csv" : NULL;
    }
}

/* ---- The comparison ----------------------------------------------------------------- */

static void check_model(const struct expected *want)
{
    tsl_segmentation *s = NULL;
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = "out/model.h5"}, &s, NULL), TSL_OK);
    const tsl_model *model = s->model;
    static const char *const columns[] = {"recency_days", "frequency", "monetary_total"};
    assert_true(fabs(s->recipe->gap_days - want->gap) < 1e-9);
    assert_int_equal(tsl_model_get_groups(model), want->count + 1); /* and those who never bought */
    assert_string_equal(model->code[want->count], "POTENTIAL");
    assert_int_equal(model->cols, 3);
    for (size_t j = 0; j < 3; j++) {
        assert_string_equal(model->column[j], columns[j]);
    }
    for (size_t c = 0; c < s->recipe->column_count; c++) {
        const tsl_vector_column *column = &s->recipe->column[c];
        if (column->transform == TSL_LOG1P_UNITS) {
            assert_true(fabs(column->unit / want->unit - 1) < 1e-12);
        }
    }
    for (int g = 0; g < want->count; g++) {
        const group *of = &want->group[g];
        assert_string_equal(model->code[g], of->code);
        assert_int_equal(g >= model->k, strncmp(of->code, "ONCE", 4) == 0);
        assert_int_equal(tsl_model_get_size(model, g), of->size);
        for (int j = 0; j < 3 && g < model->k; j++) {
            assert_true(fabs(model->center[g * 3 + j] - of->centre[j]) < 1e-6);
        }
    }
    tsl_segmentation_free(s);
}

/* The first day of the set, and at night all of them. */
static void check_set(orders set)
{
    const char *tables = get_tables(set);
    size_t left = some_or_all(set == RETAIL || set == CDNOW ? 1 : 3, CUTS);
    if (!tables) {
        skip();
    }
    for (size_t i = 0; i < CUTS && left > 0; i++) {
        if (expected[i].set == set) {
            assert_run(0, "run %s --until %s --anchors typical --output out --force --quiet", tables,
                       expected[i].until);
            check_model(&expected[i]);
            left--;
        }
    }
}

static void agrees_on_online_retail(void **state)
{
    (void)state;
    check_set(RETAIL);
}

static void agrees_on_cdnow(void **state)
{
    (void)state;
    check_set(CDNOW);
}

static void agrees_on_adventureworks(void **state)
{
    (void)state;
    check_set(ADVENTUREWORKS);
}

static void agrees_on_rfm_data_orders(void **state)
{
    (void)state;
    check_set(RFM);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(agrees_on_online_retail),
        IN_SANDBOX(agrees_on_cdnow),
        IN_SANDBOX(agrees_on_adventureworks),
        IN_SANDBOX(agrees_on_rfm_data_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
