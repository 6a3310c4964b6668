/* test_asked.c: how what is asked of a table is read. */
#include "../workbook.h"

#define TEXT(t) "<c t=\"str\"><v>" t "</v></c>"
#define NUMBER(n) "<c><v>" n "</v></c>"

/* A workbook of a header, and of an order of three lines whose cells are all merged, beside one whose cells are not. */
static char *make_orders(const char *header, size_t *count)
{
    char sheet[4000];
    snprintf(sheet, sizeof sheet,
             "<x><row>%s</row><row>" TEXT("a") TEXT("2024-01-02") NUMBER("30") NUMBER("6")
                 TEXT("web") "</row><row/><row/><row>" TEXT("b") TEXT("2024-01-03") NUMBER("5") NUMBER("1")
                     TEXT("shop") "</row><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B2:B4\"/><mergeCell ref=\"C2:C4\"/>"
                                  "<mergeCell ref=\"D2:D4\"/><mergeCell ref=\"E2:E4\"/></x>",
             header);
    const char *const parts[] = {"xl/workbook.xml",
                                 "<x><sheet name=\"a\" r:id=\"a\"/></x>",
                                 "xl/_rels/workbook.xml.rels",
                                 "<x><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/></x>",
                                 "xl/a.xml",
                                 sheet,
                                 NULL};
    return make_book(parts, count);
}

/* Labels are filled; what is added up stays in the first row, by its name and by what an option calls it. */
static void does_not_add_up_merged_cells(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        tsl_role role; /* that is said */
        const char *source;
    } cases[] = {
        {TEXT("customer_id") TEXT("date") TEXT("amount") TEXT("quantity") TEXT("channel"), TSL_ROLE_NONE, NULL},
        {TEXT("客户编号") TEXT("日期") TEXT("金额（元）") TEXT("数量") TEXT("渠道"), TSL_ROLE_NONE, NULL},
        {TEXT("customer_id") TEXT("date") TEXT("Erloes 7") TEXT("qty") TEXT("channel"), TSL_ROLE_AMOUNT, "erloes 7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count;
        char *bytes = make_orders(cases[i].header, &count);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_bytes("t.xlsx", bytes, count));
        r->opt.fill_merged = 1;
        r->opt.max_rejects = 1;
        if (cases[i].source) {
            map_role(r, cases[i].role, cases[i].source);
        }
        if (run(r) != TSL_OK) {
            fail_msg("%s", r->err.message);
        }
        const tsl_column *amount = column(r, TSL_ROLE_AMOUNT), *quantity = column(r, TSL_ROLE_QUANTITY);
        int64_t paid = 0, pieces = 0;
        for (size_t row = 0; row < r->table->rows; row++) {
            paid += amount->integer[row];
            pieces += quantity->integer[row];
            assert_non_null(text_at(column(r, TSL_ROLE_CHANNEL), row));
        }
        assert_int_equal(paid, 350000);
        assert_int_equal(pieces, 70000);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 2); /* the amount is missing there */
        assert_true(has_line(&r->table->info.notes, "2 merged ranges are not filled, as what is added up"));
        free_reading(r);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(does_not_add_up_merged_cells),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
