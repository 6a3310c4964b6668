/* test_rfm_map_file.c: maps of RFM segments from files, and what is no map, with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <tesela/label.h>

#include "base/text.h"

static tsl_status read_map(const char *csv, int bins, tsl_rfm_map *map, tsl_error *err)
{
    const tsl_source source = {.path = "map.csv", .bytes = csv, .count = strlen(csv)};
    return tsl_rfm_map_read(&source, bins, map, err);
}

static void test_read(void **state)
{
    (void)state;
    tsl_rfm_map map;
    tsl_error err;
    const char *csv = "Code,name_en,name_zh,R,F\n"
                      "good,Good ones,好客户,3,2-3\n"
                      "rest,\"The rest, all\",其他,1..2,1 – 3\n"
                      "rest,,,3,1\n";
    if (read_map(csv, 3, &map, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_true(map.count == 2 && !map.by_m && map.bins == 3);
    assert_string_equal(map.segment[0].name[1], "好客户");
    assert_string_equal(map.segment[1].name[0], "The rest, all");
    const uint8_t r[] = {3, 3, 2}, f[] = {3, 1, 3};
    int32_t segment[3];
    tsl_rfm_map_predict(&map, r, f, NULL, 3, segment);
    assert_true(segment[0] == 0 && segment[1] == 1 && segment[2] == 1);
    assert_int_equal(read_map("code,r,f,m\na,1-2,1-2,1\nb,1-2,1,2\nc,1-2,2,2\n", 2, &map, &err), TSL_OK);
    assert_true(map.by_m && map.count == 3);
    assert_string_equal(map.segment[2].name[1], "c");
    assert_int_equal(read_map("code,r,f\na,1-3,1-4\nb,4,1..4\n", 0, &map, &err), TSL_OK); /* as far as it goes */
    assert_int_equal(map.bins, 4);
    assert_int_equal(read_map("code;r;f;m\na;1-2;1-2;\n", 2, &map, &err), TSL_OK);
    assert_true(!map.by_m);
}

static void check_refused(const char *csv, const char *message)
{
    tsl_rfm_map map;
    tsl_error err;
    assert_int_equal(read_map(csv, 2, &map, &err), TSL_E_INPUT);
    if (!strstr(err.message, message)) {
        fail_msg("%s", err.message);
    }
}

static void test_refused(void **state)
{
    (void)state;
    check_refused("code,r,f\na,1-2,1\n", "map.csv: 2 cells of the map belong to no segment: R1 F2, R2 F2");
    check_refused("code,r,f\na,1-2,1-2\nb,2,2\n", "map.csv:3: r, f: R2 F2 belongs to a already (map.csv:2)");
    check_refused("code,r,f\na,1-3,1-2\n", "map.csv:2: r: from 1 to 3 is no range of scores from 1 to 2");
    check_refused("code,r,f\na,02-Jan,1\n", "map.csv:2: r: \"02-Jan\" is no score or range of scores, such as 3, 1-2");
    check_refused("code,r,f\na,1-,1\n", "map.csv:2: r: \"1-\" is no score");
    check_refused("code,r,f\na,,1\n", "map.csv:2: r: \"\" is no score");
    check_refused("code,r,f\n,1-2,1-2\n", "map.csv:2: code: \"\" is no code");
    check_refused("code,r,f,name_en\na,1-2,1-2,\"x\ny\"\n", "map.csv:2: name_en: \"x y\" is no line of text");
    check_refused("code,r,f\na,1-2,4-1\n", "map.csv:2: f: from 4 to 1 is no range of scores from 1 to 2");
    check_refused("code,r,f,m\na,1-2,1-2,1-2\nb,2,2,2\n",
                  "map.csv:3: r, f, m: R2 F2 M2 belongs to a already (map.csv:2)");
    check_refused("code,r,f,name_zh\na,1,1-2,好\nb,2,1-2,好\n", "map.csv:3: name_zh: b is called \"好\", as a is");
    check_refused("code,r,f,name_en\na,1,1-2,X\na,2,1-2,Y\n",
                  "map.csv:3: name_en: a is called \"Y\" here and \"X\" before");
    check_refused("code,r,f\na,1-2\n", "map.csv:2: 2 fields instead of 3");
    check_refused("code,f\na,1-2\n", "map.csv:1: has no column \"r\"");
    check_refused("code,r,f,name_cn\na,1-2,1-2,x\n",
                  "map.csv:1: there is no column \"name_cn\" here; did you mean \"name_");
    check_refused("code,r,f,R\na,1-2,1-2,1\n", "map.csv:1: the column \"R\" stands there twice");
    check_refused("code,r,f\na,\"1-2,1-2\nb,1,1\nc,1,1\n", "map.csv:2: the row is malformed");
}

/* As many rows as a map of nine scores of each has cells; one more cannot be of any map. */
static void test_too_many(void **state)
{
    (void)state;
    tsl__text csv = {0};
    tsl__text_puts(&csv, "code,r,f,m\n");
    for (int r = 1; r <= 9; r++) {
        for (int f = 1; f <= 9; f++) {
            for (int m = 1; m <= 9; m++) {
                tsl__text_printf(&csv, "all,%d,%d,%d\n", r, f, m);
            }
        }
    }
    tsl_rfm_map map;
    tsl_error err;
    assert_int_equal(read_map(csv.data, 9, &map, &err), TSL_OK);
    tsl__text_puts(&csv, "all,1,1,1\n");
    check_refused(csv.data, "map.csv:731: there are more than 729 rows");
    tsl__text_free(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_read), cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_too_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
