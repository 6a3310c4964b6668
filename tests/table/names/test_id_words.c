/* test_id_words.c: which ids are of no customer. */
#include "help.h"
#include "table/names/id_words.h"

static void test_words(void **state)
{
    (void)state;
    static const struct {
        tsl__id_word word;
        const char *id[24];
    } cases[] = {
        {TSL__ID_WORD_WALK_IN,
         {"散客", "guest", "GUEST", "Walk-in", "walk in customer", "Unknown", "Laufkundschaft", "Público en general",
          "匿名用户", "non-member", "Client de passage", "guest@shop.com", "NO NAME", "none", "零售客户", "passager"}},
        {TSL__ID_WORD_FILLER, {"0", "000", "-1", "9999", "99999"}},
        {TSL__ID_WORD_TEST,
         {"test", "TEST01", "test@example.com", "测试", "测试账号3", "Demo-2", "dummy", "demo account", "Testkunde 3"}},
        {TSL__ID_WORD_TOTAL, {"合计", "总计：", "Grand Total", "total:", "Gesamt", "Summe", "小计"}},
        {TSL__ID_WORD_TOTAL, {"Subtotal", "Sub-total", "Zwischensumme", "Sous-total", "分类汇总"}},
        {TSL__ID_WORD_TOTAL, /* of so many rows, of a period, in other languages */
         {"合计：40人",
          "合计：60笔",
          "合计40人",
          "1月合计",
          "2024年度合计",
          "Grand Totals (40 records)",
          "Grand Totals",
          "Grand Total: 60 rows",
          "Totale",
          "Somme",
          "Итого",
          "ИТОГО:",
          "Итого за 2024 год",
          "Total 2024",
          "Q1 total",
          "Total for January",
          "Monthly total",
          "Total Q1 2024",
          "Summe für März 2024",
          "Total du mois",
          "2024 Total",
          "合計",
          "Total (12)"}},
        {TSL__ID_WORD_NONE, /* names that begin so, and numbers of orders */
         {"Total Energies 2024", "Total7", "Total Wine", "Q1", "January", "2024", "for the year", "40人", "2024年",
          "Sumatra", "Sommer", "Grand 2024", "Summe X", "Total2024x", "C 12", "ACME: 7", "order 5"}},
        {TSL__ID_WORD_AVERAGE, {"Average", "平均", "Durchschnitt", "Mittelwert", "Moyenne", "promedio"}},
        {TSL__ID_WORD_NONE,
         {"17850", "C0", "Testa", "testament", "demography", "99", "guest01x", "Total Oil", "", "张三", "totalx", "-12",
          "total@oil.com", "gaston@x.com"}},
        {TSL__ID_WORD_WALK_IN,
         {"散户", "访客", "未登记", "Barverkauf", "Laufkunde", "Gelegenheitskunde", "Venta mostrador",
          "cliente ocasional", "Sin nombre", "client occasionnel", "Sans nom"}},
        {TSL__ID_WORD_WALK_IN, /* nothing, as programs and people write it */
         {"-",
          "--",
          ".",
          "?",
          "？",
          "—",
          "***",
          "(null)",
          "(not set)",
          "(blank)",
          "(Empty)",
          "[deleted]",
          "<unset>",
          "00000000-0000-0000-0000-000000000000",
          "{00000000-0000-0000-0000-000000000000}",
          "#REF!",
          "#DIV/0!",
          "#NAME?",
          "#BEZUG!",
          "无",
          "空",
          "未知",
          "匿名"}},
        {TSL__ID_WORD_FILLER, {"0.0", "0.00", "null", "Blank", "empty", "deleted", "not available", "Missing"}},
        {TSL__ID_WORD_NONE, /* ids like others */
         {"0.5", "0.x", "-a", "#12", "#12!x", "00000000-0000-0000-0000-000000000001", "0-0", "[a]", "(c12)", "无锡",
          "空调", "A-", "?a", "[12", "blanka"}},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (size_t i = 0; i < 24 && cases[c].id[i]; i++) {
            if (tsl__id_word_find(tsl__span_make(cases[c].id[i])) != cases[c].word) {
                fail_msg("\"%s\" is %d", cases[c].id[i], (int)tsl__id_word_find(tsl__span_make(cases[c].id[i])));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
