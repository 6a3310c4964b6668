/* test_table.c: names of numbers that are none, and asking a table. */
#include "help.h"

static void test_names(void **state)
{
    (void)state;
    static const int none[] = {-1, 99, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_string_equal(tsl_table_kind_get_name((tsl_table_kind)none[i]), "?");
        assert_string_equal(tsl_role_get_name((tsl_role)none[i]), "?");
        assert_string_equal(tsl_column_type_get_name((tsl_column_type)none[i]), "?");
        assert_string_equal(tsl_group_get_name((tsl_group)none[i]), "?");
        assert_string_equal(tsl_reject_kind_get_name((tsl_reject_kind)none[i]), "?");
    }
    assert_string_equal(tsl_table_kind_get_name(TSL_INTERACTIONS), "interactions");
    assert_string_equal(tsl_group_get_name(TSL_GROUP_AUTO), "?");
}

static void test_getters(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "id,age,city\nb,30,Rome\na,40,Bonn\n,50,Bonn\n");
    const tsl_table *t = r->table;
    assert_int_equal(tsl_table_get_kind(t), TSL_CUSTOMERS);
    assert_int_equal(tsl_table_get_rows(t), 2);
    assert_int_equal(tsl_table_get_column_count(t), 3);
    assert_string_equal(tsl_table_get_column(t, 0)->name, "id");
    assert_string_equal(tsl_table_get_column(t, 2)->name, "city");
    assert_null(tsl_table_get_column(t, 3));
    assert_ptr_equal(tsl_table_get_role(t, TSL_ROLE_CUSTOMER), tsl_table_get_column(t, 0));
    assert_null(tsl_table_get_role(t, TSL_ROLE_NPS));
    assert_int_equal(tsl_table_get_info(t)->read, 3);
    assert_int_equal(tsl_table_get_rejected(t, TSL_REJECT_NO_CUSTOMER), 1);
    assert_int_equal(tsl_table_get_rejected(t, (tsl_reject_kind)-1), 0);
    assert_int_equal(tsl_table_get_rejected(t, TSL_REJECT_KINDS), 0);
    assert_int_equal(tsl_table_get_file(t, 0)->rows, 3);
    assert_null(tsl_table_get_file(t, 1));
    assert_string_equal(
        tsl_table_get_reading(t),
        "{\"table\":\"customers\",\"ages\":[\"age\"],"
        "\"found_roles\":{\"customer\":\"id\"},\"found_types\":{\"age\":\"number\",\"city\":\"category\"}}");
    tsl_table_free(NULL);
    free_reading(r);
}

/* Bytes in memory are read like a file, compressed ones too, and have no path. */
static void test_bytes(void **state)
{
    (void)state;
    static const char text[] = "customer,date,amount\na,2020-01-01,5\n,2020-01-01,5\n";
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->file[r->files++] = (tsl_source){.bytes = text, .count = sizeof text - 1};
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.source = {.bytes = "customer,channel\na,web\n", .count = 23}, .key = "customer"};
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(r->reject[0].file, "bytes");
    assert_int_equal(r->reject[0].line, 3);
    assert_string_equal(tsl_table_get_file(r->table, 0)->name, "bytes");
    assert_int_equal(tsl_table_get_file(r->table, 0)->bytes, sizeof text - 1);
    assert_int_equal(tsl_table_get_info(r->table)->file_count, 2);
    assert_string_equal(text_at(column(r, TSL_ROLE_CHANNEL), 0), "web");
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    r->files = 1;
    assert_int_equal(run(r), TSL_E_OPTION); /* a source of nothing */
    r->file[0] = (tsl_source){.bytes = "", .count = 0};
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "bytes: is empty"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_getters),
                                       cmocka_unit_test(test_bytes)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
