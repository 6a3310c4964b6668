/* test_segments_csv.c: the lines of segments.csv. */
#include "files.h"
#include "sample.h"

#include <math.h>

static sample run;

static char *write_and_read(const tsl_labels *labels)
{
    files f;
    tsl_error err;
    files_open(&f, "segments.csv");
    assert_int_equal(tsl_segments_write(labels, &(tsl_target){.path = f.path}, NULL, &err), TSL_OK);
    char *text = files_read(f.path);
    assert_non_null(text);
    files_close(&f);
    return text;
}

/* Line n (0 the header) without its end. */
static void get_line(const char *text, size_t n, char *out, size_t room)
{
    for (; n; n--) {
        text = strchr(text, '\n') + 1;
    }
    size_t length = strcspn(text, "\n");
    assert_true(length < room);
    memcpy(out, text, length);
    out[length] = '\0';
}

static void header_and_first_row(void **state)
{
    (void)state;
    char line[512];
    static int32_t from[SAMPLE_CUSTOMERS], since[SAMPLE_CUSTOMERS];
    char *former[] = {"CHAMP"};
    sample_make(&run, SAMPLE_FULL, "en");
    run.confidence[0] = .12345;
    run.value[0] = 1234.5;
    run.distance[0] = 1.23456789;
    run.customer_tier[0] = 1;
    run.customer_stage[0] = TSL_AT_RISK;
    run.stage_from[0] = TSL_MATURE;
    run.stage_since[0] = 20000;
    run.churn_risk[0] = .52345;
    run.value_at_risk[0] = 646.197;
    run.r[0] = 5;
    run.f[0] = 1;
    run.m[0] = 0;
    run.customer_rfm[0] = 9;
    run.customer_rfm[1] = -1;
    run.reason[0] = "said \"no\", left";
    run.reason_code[0] = TSL_REASON_ONCE_NOT_BACK;
    for (size_t row = 0; row < SAMPLE_CUSTOMERS; row++) {
        from[row] = row ? -1 : 0;
        since[row] = row ? TSL_NO_DAY : 20001;
    }
    run.labels.segment_from = from;
    run.labels.segment_since = since;
    run.labels.former_code = former;
    char *text = write_and_read(&run.labels);
    get_line(text, 0, line, sizeof line);
    assert_string_equal(line, "customer_id,segment,segment_name,tier,lifecycle,confidence,value,r_score,f_score,"
                              "m_score,distance,runner_up,reason,segment_code,lifecycle_name,lifecycle_from,"
                              "lifecycle_since,churn_risk,value_at_risk,rfm_segment,rfm_segment_name,clv,reason_code,"
                              "segment_from,segment_since");
    get_line(text, 1, line, sizeof line);
    assert_string_equal(line, "C10000,1,\"Frequent, high spend\",gold,at_risk,0.1235,1234.50,5,1,,1.23457,2,"
                              "\"said \"\"no\"\", left\",CHAMP,At risk,mature,2024-10-04,0.5235,646.20,"
                              "hibernating,Hibernating,,once_not_back,CHAMP,2024-10-05");
    get_line(text, 2, line, sizeof line);
    const char *end = ",,,within_gap,,"; /* neither an RFM segment, nor where he was before, nor the model's value */
    assert_string_equal(line + strlen(line) - strlen(end), end);
    size_t lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')); p++) {
        lines++;
    }
    assert_int_equal(lines, SAMPLE_CUSTOMERS + 1);
    free(text);
}

/* Six significant digits, and never less than the whole number. */
static void distances(void **state)
{
    (void)state;
    static const struct {
        double distance;
        const char *text;
    } rows[] = {{0, "0"},
                {123456.7, "123457"},
                {1234567.8, "1234568"},
                {.000123456789, "0.000123457"},
                {2, "2"},
                {.1 + .2, "0.3"},
                {99.99996, "100"},
                {1e-12 / 3, "3.33333e-13"},
                {1.23456789e-30, "1.23457e-30"},
                {5e-324, "4.94066e-324"},
                {9.9999999e-5, "0.0001"},
                {3.24349e26, "3.24349e+26"},
                {654.3214, "654.321"},
                {.9999995, "1"}};
    sample_make(&run, SAMPLE_FULL, "en");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run.distance[i] = rows[i].distance;
    }
    char *text = write_and_read(&run.labels);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[512], want[64];
        get_line(text, i + 1, line, sizeof line);
        snprintf(want, sizeof want, ",%s,2,\"last", rows[i].text);
        assert_non_null(strstr(line, want));
    }
    free(text);
}

/* Money keeps the currency's places, or more where the amount has them. */
static void values(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {
        {8300065.814, 2, ",8300065.814,"}, {-.5, 2, ",-0.50,"}, {NAN, 2, ",,"}, {1e17, 0, ",1e+17,"}, {12, 0, ",12,"},
        {.1 + .2, 4, ",0.3000,"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[512];
        sample_make(&run, SAMPLE_FULL, "en");
        run.features.decimals = rows[i].decimals;
        run.value[0] = rows[i].value;
        run.confidence[0] = .5;
        run.r[0] = 3;
        char *text = write_and_read(&run.labels);
        get_line(text, 1, line, sizeof line);
        const char *at = strstr(line, ",0.5000,");
        assert_non_null(at);
        at += strlen(",0.5000");
        assert_memory_equal(at, rows[i].text, strlen(rows[i].text));
        assert_int_equal(at[strlen(rows[i].text)], '3');
        free(text);
    }
}

/* What is no amount is printed in full. */
static void value_without_currency(void **state)
{
    (void)state;
    char line[512];
    sample_make(&run, SAMPLE_FULL, "en");
    run.labels.value_name = "tenure_days";
    run.value[0] = 1.0 / 3;
    char *text = write_and_read(&run.labels);
    get_line(text, 1, line, sizeof line);
    assert_non_null(strstr(line, ",0.3333333333333333,"));
    free(text);
}

static void what_is_missing_is_empty(void **state)
{
    (void)state;
    char line[512];
    sample_make(&run, SAMPLE_CUSTOMERS_ONLY, "en");
    run.confidence[0] = 1;
    run.distance[0] = .5;
    run.runner_up[0] = 0;
    run.labels.reason = NULL;
    run.labels.reason_code = NULL;
    char *text = write_and_read(&run.labels);
    get_line(text, 1, line, sizeof line);
    assert_string_equal(line, "C10000,1,\"Frequent, high spend\",,,1.0000,,,,,0.5,,,CHAMP,,,,,,,,,,,");
    free(text);
}

/* Points of customer i for part p: of a few a part is not known, of one nothing. */
static double make_points(size_t i, size_t p)
{
    return i == 7 || i % 5 == p + 1 ? (double)NAN : fmod((double)(i * 37 + p * 11) * 1.6180339887, 100);
}

/* What parts add: their weights times their points, the weight of one that is not known with the others; as it is
 * printed, to the last digit the score. */
static void parts_add_up_to_the_score(void **state)
{
    (void)state;
    enum { PARTS = 3 };
    static double total[SAMPLE_CUSTOMERS], part[PARTS][SAMPLE_CUSTOMERS];
    static char code[PARTS][8] = {"money", "habit", "credit"}, *codes[PARTS] = {code[0], code[1], code[2]};
    static double weight[PARTS] = {5, 3, 2}, *parts[PARTS] = {part[0], part[1], part[2]};
    char line[1024];
    size_t missing = 0;
    sample_make(&run, SAMPLE_FULL, "en");
    for (size_t i = 0; i < SAMPLE_CUSTOMERS; i++) {
        double sum = 0, known = 0;
        for (size_t p = 0; p < PARTS; p++) {
            const double points = part[p][i] = make_points(i, p);
            sum += isnan(points) ? 0 : weight[p] * points;
            known += isnan(points) ? 0 : weight[p];
        }
        total[i] = known > 0 ? sum / known : (double)NAN;
    }
    run.policy.score = (tsl_score){.part_count = PARTS, .part_weight = weight};
    run.policy.score_part = codes;
    run.labels.score = total;
    run.labels.score_part = parts;
    char *text = write_and_read(&run.labels);
    get_line(text, 0, line, sizeof line);
    const char *head = strstr(line, ",score,score_money,score_money_points,score_habit,score_habit_points,score_credit,"
                                    "score_credit_points");
    assert_non_null(head);
    size_t columns = 0;
    for (const char *p = line; p <= head; p++) {
        columns += *p == ',';
    }
    for (size_t i = 0; i < SAMPLE_CUSTOMERS; i++) {
        get_line(text, i + 1, line, sizeof line);
        const char *cell = line;
        int quoted = 0;
        for (size_t at = 0; at < columns; cell++) {
            quoted ^= *cell == '"';
            at += *cell == ',' && !quoted;
        }
        if (i == 7) {
            assert_int_equal(strncmp(cell, ",,,,,,", 6), 0);
            continue;
        }
        const long score = lround(strtod(cell, NULL) * 100);
        long sum = 0;
        for (size_t p = 0; p < PARTS; p++) {
            const double known =
                (isnan(part[0][i]) ? 0 : 5) + (isnan(part[1][i]) ? 0 : 3) + (isnan(part[2][i]) ? 0 : 2);
            cell = strchr(cell, ',') + 1;
            const int is_missing = *cell == ',';
            assert_int_equal(is_missing, isnan(part[p][i]) ? 1 : 0);
            cell = strchr(cell, ',') + 1;
            const double points = strtod(cell, NULL);
            assert_true(is_missing ? strncmp(cell, "0.00", 4) == 0
                                   : fabs(points - weight[p] / known * part[p][i]) <= .01 + 1e-9);
            missing += (size_t)is_missing;
            sum += lround(points * 100);
        }
        assert_int_equal(sum, score);
    }
    assert_true(missing > 50);
    free(text);
}

static void plain_numbers_are_refused(void **state)
{
    (void)state;
    tsl_error err;
    sample_make(&run, SAMPLE_FULL, "en");
    run.recipe.plain = 1;
    run.features.id = NULL;
    assert_int_equal(tsl_segments_write(&run.labels, &(tsl_target){.path = "/nowhere"}, NULL, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "plain numbers are no customers: their labels are written as labels.csv");
}

static void existing_file_is_refused(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    sample_make(&run, SAMPLE_FULL, "en");
    files_open(&f, "segments.csv");
    assert_int_equal(tsl_segments_write(&run.labels, &(tsl_target){.path = f.path}, NULL, &err), TSL_OK);
    assert_int_equal(tsl_segments_write(&run.labels, &(tsl_target){.path = f.path}, NULL, &err), TSL_E_EXISTS);
    assert_int_equal(tsl_segments_write(&run.labels, &(tsl_target){.path = f.path, .replace = 1}, NULL, &err), TSL_OK);
    files_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_and_first_row),
        cmocka_unit_test(distances),
        cmocka_unit_test(values),
        cmocka_unit_test(value_without_currency),
        cmocka_unit_test(what_is_missing_is_empty),
        cmocka_unit_test(parts_add_up_to_the_score),
        cmocka_unit_test(plain_numbers_are_refused),
        cmocka_unit_test(existing_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
