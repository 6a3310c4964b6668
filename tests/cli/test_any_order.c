/* test_any_order.c: a status that stands on one line of an order alone: the same customers, and the same bytes,
 * wherever the lines stand. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem name\n"

static const char *const lines[] = {"#1,a@x.com,paid,2024-01-01,1,10,A\n",     "#1,a@x.com,,2024-01-01,1,10,B\n",
                                    "#2,b@x.com,refunded,2024-01-02,1,10,A\n", "#2,b@x.com,,2024-01-02,1,10,B\n",
                                    "#2,b@x.com,,2024-01-02,1,10,C\n",         "#3,b@x.com,paid,2024-01-05,1,10,C\n",
                                    "#3,b@x.com,,2024-01-05,1,10,B\n",         "#4,a@x.com,paid,2024-01-05,1,10,C\n"};
enum { LINES = 8 };

/* Lines begin to end of these, by their places in `order`; NULL: as they stand. */
static void put_lines(const char *name, const size_t *order, size_t begin, size_t end)
{
    char text[2048] = HEADER;
    for (size_t i = begin; i < end; i++) {
        strcat(text, lines[order ? order[i] : i]);
    }
    put(name, text);
}

static void is_the_same_wherever_lines_stand(void **state)
{
    (void)state;
    static const size_t by_product[LINES] = {0, 2, 1, 3, 6, 4, 5, 7}, turned[LINES] = {7, 6, 5, 4, 3, 2, 1, 0};
    put("c.yaml", "transactions:\n  where: \"coalesce(\\\"Financial Status\\\", '') != 'refunded'\"\n");
    put_lines("q1.csv", NULL, 0, LINES);
    put_lines("s1.csv", NULL, 0, 4); /* inside order #2 */
    put_lines("s2.csv", NULL, 4, LINES);
    put_lines("sorted.csv", by_product, 0, LINES);
    put_lines("t1.csv", turned, 0, 3);
    put_lines("t2.csv", turned, 3, LINES);
    static const char *const files[] = {
        "q1.csv", "s1.csv s2.csv", "s2.csv s1.csv", "sorted.csv", "t1.csv t2.csv", "t2.csv t1.csv", "-"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        for (int threads = 1; threads < 4; threads += 2) {
            const setting piped = {.piped = "sorted.csv"};
            run_with(
                &piped,
                "features --config c.yaml --as-of 2024-02-01 --force --threads %d --output %s.h5 --transactions %s",
                threads, i + (size_t)threads > 1 ? "other" : "first", files[i]);
            assert_int_equal(last_outcome()->status, 0);
            assert_err("Financial Status: empty in 4 rows whose order has it on another line, the first in ");
            if (i + (size_t)threads > 1) {
                assert_same_file("first.h5", "other.h5");
            }
        }
    }
    assert_run(0, "inspect first.h5 --customer b@x.com");
    const char *total = strstr(last_outcome()->out, "monetary_total");
    assert_non_null(total);
    assert_non_null(strstr(total, " 20 "));
}

/* A configuration that is written and read again, and the finding that is told. */
static void is_checked_alike(void **state)
{
    (void)state;
    static const size_t turned[LINES] = {7, 6, 5, 4, 3, 2, 1, 0};
    put_lines("q1.csv", NULL, 0, LINES);
    put_lines("turned.csv", turned, 0, LINES);
    for (int i = 0; i < 2; i++) {
        assert_run(0, "check --json --transactions %s", i ? "turned.csv" : "q1.csv");
        json_t *json = get_json();
        char *text = json_dumps(json, 0);
        assert_non_null(strstr(text, "\"carried_status\""));
        assert_non_null(strstr(text, "\\\"refunded\\\" in 3 rows (37.5 % of the money)"));
        free(text);
        json_decref(json);
    }
    assert_run(0, "check --transactions turned.csv --write-config w.yaml");
    assert_run(0, "features --config w.yaml --where 'not (\"Financial Status\" is missing)' --output f.h5");
    assert_out("8 lines, 4 orders");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_the_same_wherever_lines_stand, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(is_checked_alike, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
