/* test_name_fold.c: names of columns without what does not matter. */
#include "table/names/role_names.h"

#include "help.h"

static void test_folds(void **state)
{
    (void)state;
    static const struct {
        const char *name, *folded;
    } cases[] = {
        {"Customer-ID", "customerid"},
        {" order_no. ", "orderno"},
        {"Order #", "order"},
        {"Date/Time", "datetime"},
        {"Amount (EUR)", "amount"},
        {"金额（元）", "金额"},
        {"(amount)", "(amount)"}, /* no name before it */
        {"N° client", "nclient"},
        {"Nº pedido", "npedido"},
        {"Date d’achat", "datedachat"},
        {"Date d'achat", "datedachat"},
        {"Käufer", "kaufer"},
        {"QUANTITÉ", "quantite"},
        {"Quantite\xCC\x81", "quantite"}, /* the accent as a character of its own */
        {"Año", "ano"},
        {"Größe", "große"}, /* what is no letter with an accent stays */
        {"L’Haÿ", "lhay"},
        {"HAŸ", "hay"},
        {"客户ＩＤ", "客户id"},
        {"ｄａｔｅ１", "date1"},
        {"下单　时间", "下单时间"},
        {"Net\xC2\xA0Sales", "netsales"},
        {"Customer_Id__c", "customerid"},
        {"__c", "c"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char folded[64];
        tsl__name_fold(cases[i].name, folded, sizeof folded);
        if (strcmp(folded, cases[i].folded) != 0) {
            fail_msg("%s: %s", cases[i].name, folded);
        }
    }
}

/* Accents alone: the rest of the name stays. */
static void test_accents(void **state)
{
    (void)state;
    char plain[8];
    tsl__name_fold_accents("Gü_lt ＩＤ 客", plain, sizeof plain);
    assert_string_equal(plain, "Gu_lt i");
    tsl__name_fold_accents("e\xCC\x81\xC2\xA0z", plain, sizeof plain);
    assert_string_equal(plain, "e\xC2\xA0z");
}

/* A name that does not fit is cut, within the room. */
static void test_room(void **state)
{
    (void)state;
    char folded[6] = "xxxxx";
    tsl__name_fold("Customer", folded, 5);
    assert_string_equal(folded, "cust");
    assert_int_equal(folded[5], 0);
    static const char *const names[] = {"Order Date", "Ω", "\xC3"}; /* the last one ends within a letter */
    char **all = tsl__names_fold(names, 3);
    assert_string_equal(all[0], "orderdate");
    assert_string_equal(all[1], "Ω");
    assert_string_equal(all[2], "\xC3");
    free(all);
}

static void test_among(void **state)
{
    (void)state;
    static const char names[] = "|status|orderstatus|etat|";
    const struct {
        const char *name;
        int is;
    } cases[] = {
        {"Order Status", 1},      {"État", 1}, {"status", 1}, {"statu", 0}, {"order", 0}, {"", 0}, {" ", 0}, {"|", 0},
        {"status|orderstatus", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(tsl__name_is_among(tsl__span_make(cases[i].name), names), cases[i].is);
    }
    char longer[80] = "status";
    memset(longer + 6, ' ', sizeof longer - 7);
    assert_int_equal(tsl__name_is_among((tsl__span){longer, 63}, names), 1);
    assert_int_equal(tsl__name_is_among((tsl__span){longer, 64}, names), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folds), cmocka_unit_test(test_accents),
                                       cmocka_unit_test(test_room), cmocka_unit_test(test_among)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
