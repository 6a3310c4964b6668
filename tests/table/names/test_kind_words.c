/* test_kind_words.c: what kinds of interactions say, and what only looks so. */
#include "table/names/kind_words.h"

#include "help.h"

static void test_words(void **state)
{
    (void)state;
    enum { VISIT = TSL__KIND_VISIT, SERVICE = TSL__KIND_SERVICE, COMPLAINT = TSL__KIND_COMPLAINT };
    static const struct {
        const char *kind;
        unsigned flags;
    } cases[] = {
        {"visit", VISIT},
        {"Store Visit", VISIT},
        {"page_view", VISIT},
        {"pageview", VISIT},
        {"PageView", VISIT},
        {"PAGE VIEW", VISIT},
        {"view_item", VISIT},
        {"session_start", VISIT},
        {"ad-click", VISIT},
        {"Besuch", VISIT},
        {"Filialbesuch", VISIT},
        {"Seitenaufruf", VISIT},
        {"page vue", VISIT},
        {"visita a la tienda", VISIT},
        {"Sesión", VISIT},
        {"网站浏览", VISIT},
        {"call", SERVICE},
        {"phone_call", SERVICE},
        {"callback", SERVICE},
        {"Rückruf", SERVICE},
        {"Kundenanruf", SERVICE},
        {"appel entrant", SERVICE},
        {"Llamada", SERVICE},
        {"客服咨询", SERVICE},
        {"support ticket", SERVICE},
        {"complaint", COMPLAINT},
        {"Beschwerde", COMPLAINT},
        {"Kundenbeschwerde", COMPLAINT},
        {"Réclamation", COMPLAINT},
        {"RÉCLAMATION", COMPLAINT},
        {"Re\xCC\x81"
         "clamation",
         COMPLAINT}, /* its accent by itself */
        {"reclamación", COMPLAINT},
        {"投诉", COMPLAINT},
        {"complaint call", COMPLAINT | SERVICE},
        {"call: no complaint", SERVICE},
        {"keine Beschwerde", 0},
        {"sans réclamation", 0},
        {"无投诉", 0},
        {"recall", 0},
        {"revisited", 0},
        {"caller_id", 0},
        {"review", 0},
        {"preview", 0},
        {"Versuch", 0},
        {"scroll", 0},
        {"add_to_cart", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__kind_find(cases[i].kind) != cases[i].flags) {
            fail_msg("%s: %u", cases[i].kind, tsl__kind_find(cases[i].kind));
        }
    }
}

/* Kinds longer than what is looked at do no harm. */
static void test_long_kinds(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'v', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(tsl__kind_find(text), 0);
    memset(text, ' ', sizeof text - 1);
    memcpy(text, "visit", 5);
    assert_int_equal(tsl__kind_find(text), TSL__KIND_VISIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_long_kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
