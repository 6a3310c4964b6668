/* test_asked_json.c: what was asked of a table as JSON, and back. */
#include "table/schema/asked.h"

#include "help.h"

/* The JSON that options leave for the next table. */
static char *write_asked(const tsl_table_options *opt, tsl_table_kind kind)
{
    tsl__asked asked;
    tsl_error err;
    char *json;
    if (tsl__asked_open(opt, kind, &asked, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(tsl__asked_write(&asked, kind, &json, &err), TSL_OK);
    tsl__asked_free(&asked);
    return json;
}

static const char full[] =
    "{\"table\":\"customers\",\"roles\":{\"customer\":\"Nr\",\"nps\":\"a * 2\"},"
    "\"columns\":[{\"name\":\"Grade\",\"type\":\"ordinal\",\"levels\":[\"low\",\"high\"]},"
    "{\"name\":\"城市\",\"group\":\"value\",\"missing\":[\"?\",\"-\"],\"sensitive\":true},"
    "{\"name\":\"x \\\"y\\\"\",\"ignore\":true}],"
    "\"value\":\"Spend\",\"weight\":\"Times\",\"delimiter\":\"\\t\",\"encoding\":\"gb18030\",\"sheet\":\"Kunden\","
    "\"fill_merged\":true,\"header\":false,"
    "\"dates\":\"dmy\",\"decimal\":\"comma\",\"timezone\":\"+08:00\","
    "\"shown_dates\":{\"Joined\":\"mdy\"},\"unknown_dates\":{\"Joined\":[\"1900-01-01\",\"1970-01-01\"],"
    "\"Left\":[\"1970-01-01\"]},\"ages\":[\"Age\",\"年龄\"],\"shown_decimals\":{\"Income\":\"point\"},\"found_roles\":{"
    "\"satisfaction\":"
    "\"Mood\"},"
    "\"found_types\":{\"Joined\":\"date\",\"城市\":\"category\"},\"clock\":true,\"currency\":\"USD\",\"reject_"
    "orphans\":true}";

static void test_nothing_said(void **state)
{
    (void)state;
    char *json = write_asked(NULL, TSL_TRANSACTIONS);
    assert_string_equal(json, "{\"table\":\"transactions\"}");
    free(json);
}

static void test_all_said(void **state)
{
    (void)state;
    static const char *const levels[] = {"low", "high"}, *const missing[] = {"?", "-"};
    const tsl_role_map roles[] = {{TSL_ROLE_NPS, "a * 2"}, {TSL_ROLE_CUSTOMER, "Nr"}};
    const tsl_column_rule rules[] = {
        {.name = "Grade", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = levels, .level_count = 2},
        {.name = "城市", .group = TSL_VALUE, .missing = missing, .missing_count = 2, .sensitive = 1},
        {.name = "x \"y\"", .group = TSL_GROUP_AUTO, .ignore = 1}};
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.roles = roles;
    opt.role_count = 2;
    opt.rules = rules;
    opt.rule_count = 3;
    opt.value = "Spend";
    opt.weight = "Times";
    opt.delimiter = '\t';
    opt.encoding = TSL_ENCODING_GB18030;
    opt.sheet = "Kunden";
    opt.fill_merged = 1;
    opt.header = 0;
    opt.dates = TSL_DATES_DMY;
    opt.decimal = TSL_DECIMAL_COMMA;
    opt.reject_orphans = 1;
    opt.like = "{\"table\":\"customers\",\"timezone\":\"+08:00\",\"shown_dates\":{\"Joined\":\"mdy\"},"
               "\"unknown_dates\":{\"Joined\":[\"1970-01-01\",\"1900-01-01\"],\"Left\":[\"1970-01-01\"]},"
               "\"ages\":[\"Age\",\"年龄\"],\"shown_decimals\":{\"Income\":\"point\"}"
               ",\"found_roles\":{\"satisfaction\":\"Mood\"},"
               "\"found_types\":{\"Joined\":\"date\",\"城市\":\"category\"},\"clock\":true,\"currency\":\"USD\"}";
    char *json = write_asked(&opt, TSL_CUSTOMERS);
    assert_string_equal(json, full);
    free(json);
}

/* What is read is written the same; what the user says stands before it. */
static void test_back(void **state)
{
    (void)state;
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.like = full;
    char *json = write_asked(&opt, TSL_CUSTOMERS);
    assert_string_equal(json, full);
    free(json);

    const tsl_role_map role = {TSL_ROLE_NPS, "NPS"};
    const tsl_column_rule rules[] = {{.name = "grade", .type = TSL_TYPE_CATEGORY, .group = TSL_GROUP_AUTO},
                                     {.name = "new", .group = TSL_DEMOGRAPHIC}};
    opt.roles = &role;
    opt.role_count = 1;
    opt.rules = rules;
    opt.rule_count = 2;
    opt.value = "Sum";
    opt.delimiter = ',';
    opt.encoding = TSL_ENCODING_UTF8;
    opt.sheet = "Orte";
    opt.header = 4;
    opt.dates = TSL_DATES_YMD;
    opt.decimal = TSL_DECIMAL_POINT;
    const tsl_currency_rate rates[] = {{"USD", "1"}, {"EUR", "1.09"}};
    opt.rates = rates;
    opt.rate_count = 2;
    json = write_asked(&opt, TSL_CUSTOMERS);
    assert_string_equal(json,
                        "{\"table\":\"customers\",\"roles\":{\"customer\":\"Nr\",\"nps\":\"NPS\"},"
                        "\"columns\":[{\"name\":\"grade\",\"type\":\"category\"},"
                        "{\"name\":\"new\",\"group\":\"demographic\"},"
                        "{\"name\":\"城市\",\"group\":\"value\",\"missing\":[\"?\",\"-\"],\"sensitive\":true},"
                        "{\"name\":\"x \\\"y\\\"\",\"ignore\":true}],"
                        "\"value\":\"Sum\",\"weight\":\"Times\",\"delimiter\":\",\",\"encoding\":\"utf-8\","
                        "\"sheet\":\"Orte\",\"fill_merged\":true,"
                        "\"header\":4,\"dates\":\"ymd\",\"decimal\":\"point\",\"timezone\":\"+08:00\","
                        "\"shown_dates\":{\"Joined\":\"mdy\"},"
                        "\"unknown_dates\":{\"Joined\":[\"1900-01-01\",\"1970-01-01\"],\"Left\":[\"1970-01-01\"]},"
                        "\"ages\":[\"Age\",\"年龄\"],\"shown_decimals\":{\"Income\":\"point\"},\"found_"
                        "roles\":{\"satisfaction\":\"Mood\"},"
                        "\"found_types\":{\"Joined\":\"date\",\"城市\":\"category\"},\"clock\":true,\"currency\":"
                        "\"USD\",\"rates\":{\"USD\":\"1\",\"EUR\":\"1.09\"},\"reject_orphans\":true}");
    free(json);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json, *message;
    } cases[] = {
        {"", "is no JSON"},
        {"{", "is no JSON: line 1"},
        {"[]", "is of no table; it must be of customers"},
        {"{}", "is of no table"},
        {"{\"table\":\"transactions\"}", "is of transactions; it must be of customers"},
        {"{\"table\":\"customers\",\"table\":\"customers\"}", "is no JSON"},
        {"{\"table\":\"customers\",\"weather\":1}", "weather: another key"},
        {"{\"table\":\"customers\",\"roles\":[]}", "roles: an object"},
        {"{\"table\":\"customers\",\"roles\":{\"king\":\"x\"}}", "king: the name of a role"},
        {"{\"table\":\"customers\",\"roles\":{\"none\":\"x\"}}", "none: the name of a role"},
        {"{\"table\":\"customers\",\"roles\":{\"nps\":1}}", "nps: a text"},
        {"{\"table\":\"customers\",\"columns\":{}}", "columns: a list"},
        {"{\"table\":\"customers\",\"columns\":[1]}", "columns: an object"},
        {"{\"table\":\"customers\",\"columns\":[{}]}", "rule: a text is expected"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"type\":\"text\"}]}", "the type is number, category"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"type\":\"thing\"}]}",
         "type: a name of docs/formats.md"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"group\":3}]}", "group: a text"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"levels\":\"a\"}]}", "levels: a list of texts"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"missing\":[1]}]}", "missing: a list of texts"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"type\":\"ordinal\",\"levels\":[\"a\",\"a\"]}]}",
         "the level \"a\" stands twice"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"sensitive\":1}]}", "sensitive: true or false"},
        {"{\"table\":\"customers\",\"columns\":[{\"name\":\"x\",\"colour\":1}]}", "colour: another key"},
        {"{\"table\":\"customers\",\"value\":1}", "value: a text"},
        {"{\"table\":\"customers\",\"delimiter\":\"x\"}", "delimiter: one of"},
        {"{\"table\":\"customers\",\"header\":\"yes\"}", "header: true or false"},
        {"{\"table\":\"customers\",\"header\":1}", "header: true, false or a line"},
        {"{\"table\":\"customers\",\"header\":4294967298}", "header: true, false or a line"},
        {"{\"table\":\"customers\",\"encoding\":\"auto\"}", "encoding: a name"},
        {"{\"table\":\"customers\",\"dates\":\"auto\"}", "dates: a name"},
        {"{\"table\":\"customers\",\"shown_dates\":{\"x\":\"ydm\"}}", "x: a name"},
        {"{\"table\":\"customers\",\"shown_dates\":3}", "shown_dates: an object"},
        {"{\"table\":\"customers\",\"unknown_dates\":{\"x\":[\"2000-01-01\"]}}", "x: a list of 1900-01-01"},
        {"{\"table\":\"customers\",\"unknown_dates\":{\"x\":7}}", "x: a list of 1900-01-01"},
        {"{\"table\":\"customers\",\"timezone\":8}", "timezone: a text"},
        {"{\"table\":\"customers\",\"rates\":[]}", "rates: an object"},
        {"{\"table\":\"customers\",\"ages\":{}}", "ages: a list of texts"},
        {"{\"table\":\"customers\",\"ages\":[1]}", "ages: a list of texts"},
        {"{\"table\":\"customers\",\"rates\":{\"EUR\":1}}", "EUR: a text"},
        {"{\"table\":\"customers\",\"rates\":{\"EUR\":\"2\"}}", "rates: none is 1"},
        {"{\"table\":\"customers\",\"timezone\":\"Mars/Base\"}", "Mars/Base"},
        {"{\"table\":\"customers\",\"clock\":1}", "clock: true or false"},
        {"{\"table\":\"customers\",\"currency\":1}", "currency: a text"},
        {"{\"table\":\"customers\",\"decimal\":\"dot\"}", "decimal: a name"},
        {"{\"table\":\"customers\",\"shown_decimals\":[]}", "shown_decimals: an object"},
        {"{\"table\":\"customers\",\"shown_decimals\":{\"x\":\"dot\"}}", "x: a name"},
        {"{\"table\":\"customers\",\"found_roles\":3}", "found_roles: an object"},
        {"{\"table\":\"customers\",\"found_roles\":{\"king\":\"x\"}}", "king: the name of a role"},
        {"{\"table\":\"customers\",\"found_types\":[]}", "found_types: an object"},
        {"{\"table\":\"customers\",\"found_types\":{\"x\":\"ordinal\"}}", "x: a type that columns are taken for"},
        {"{\"table\":\"customers\",\"found_types\":{\"x\":\"text\"}}", "x: a type that columns are taken for"},
        {"{\"table\":\"customers\",\"found_types\":{\"x\":\"\"}}", "x: a name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_table_options opt;
        tsl__asked asked;
        tsl_error err = {0};
        TSL_DEFAULTS(table, &opt);
        opt.like = cases[i].json;
        tsl_status status = tsl__asked_open(&opt, TSL_CUSTOMERS, &asked, &err);
        tsl__asked_free(&asked);
        if (status != TSL_E_OPTION || err.status != status || !strstr(err.message, cases[i].message)) {
            fail_msg("%s: %s", cases[i].json, err.message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_said), cmocka_unit_test(test_all_said),
                                       cmocka_unit_test(test_back), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
