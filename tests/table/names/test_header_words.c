/* test_header_words.c: groups and marks from the words of a name. */
#include "table/names/header_words.h"

#include "help.h"

static tsl_group group_of(const char *name)
{
    return tsl__name_group(name, 0, TSL_DEMOGRAPHIC);
}

static void test_groups(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tsl_group group;
    } cases[] = {
        {"AnnualIncome", TSL_DEMOGRAPHIC},
        {"Age", TSL_DEMOGRAPHIC},
        {"Year_Birth", TSL_DEMOGRAPHIC},
        {"TotalChildren", TSL_DEMOGRAPHIC},
        {"Kidhome", TSL_DEMOGRAPHIC},
        {"MaritalStatus", TSL_DEMOGRAPHIC},
        {"EducationLevel", TSL_DEMOGRAPHIC},
        {"Occupation", TSL_DEMOGRAPHIC},
        {"Favourite colour", TSL_DEMOGRAPHIC},
        {"学历", TSL_DEMOGRAPHIC},
        {"MntWines", TSL_VALUE},
        {"Spending Score (1-100)", TSL_VALUE},
        {"annual_spend", TSL_VALUE},
        {"PurchaseAmount", TSL_VALUE},
        {"AvgBalance", TSL_VALUE},
        {"TotalAssets", TSL_VALUE},
        {"年消费金额", TSL_VALUE},
        {"BALANCE", TSL_VALUE},
        {"NumWebPurchases", TSL_BEHAVIORAL},
        {"Recency", TSL_BEHAVIORAL},
        {"Complain", TSL_BEHAVIORAL},
        {"web_visits_month", TSL_BEHAVIORAL},
        {"NumDealsPurchases", TSL_BEHAVIORAL},
        {"AcceptedCmp3", TSL_BEHAVIORAL},
        {"访问次数", TSL_BEHAVIORAL},
        {"total", TSL_VALUE},
        {"total visits", TSL_BEHAVIORAL},
        {"percentage", TSL_DEMOGRAPHIC}, /* no "age" in it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (group_of(cases[i].name) != cases[i].group) {
            fail_msg("%s: %s", cases[i].name, tsl_group_get_name(group_of(cases[i].name)));
        }
    }
    /* "age" within a word is no age: with another word that decides, that one does */
    assert_int_equal(group_of("message_clicks"), TSL_BEHAVIORAL);
    assert_int_equal(group_of("package_revenue"), TSL_VALUE);
    /* "purchases" are amounts where they are not whole; a name that says nothing is what the caller says */
    assert_int_equal(tsl__name_group("PURCHASES", 1, TSL_DEMOGRAPHIC), TSL_VALUE);
    assert_int_equal(tsl__name_group("PURCHASES", 0, TSL_DEMOGRAPHIC), TSL_BEHAVIORAL);
    assert_int_equal(tsl__name_group("PURCHASES_FREQUENCY", 1, TSL_DEMOGRAPHIC), TSL_BEHAVIORAL);
    assert_int_equal(tsl__name_group("Dt_Customer", 0, TSL_BEHAVIORAL), TSL_BEHAVIORAL);
}

static void test_hints(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tsl__hint hint;
        int expected;
    } cases[] = {
        {"valid_until", TSL__HINT_EXPIRY, 1},
        {"会员到期日", TSL__HINT_EXPIRY, 1},
        {"ExpiryDate", TSL__HINT_EXPIRY, 1},
        {"JoinDate", TSL__HINT_EXPIRY, 0},
        {"last_order", TSL__HINT_EXPIRY, 0},
        {"BirthDate", TSL__HINT_BIRTH, 1},
        {"DOB", TSL__HINT_BIRTH, 1},
        {"yob", TSL__HINT_BIRTH, 1},
        {"生日", TSL__HINT_BIRTH, 1},
        {"JoinDate", TSL__HINT_BIRTH, 0},
        {"RegionKey", TSL__HINT_KEY, 1},
        {"zip_code", TSL__HINT_KEY, 1},
        {"客户编号", TSL__HINT_KEY, 1},
        {"Monkey", TSL__HINT_KEY, 0},
        {"valid", TSL__HINT_KEY, 0},
        {"EmailAddress", TSL__HINT_PERSON, 1},
        {"e-mail", TSL__HINT_PERSON, 1},
        {"FirstName", TSL__HINT_PERSON, 1},
        {"LASTNAME", TSL__HINT_PERSON, 1},
        {"name", TSL__HINT_PERSON, 1},
        {"手机号", TSL__HINT_PERSON, 1},
        {"Geburtsdatum", TSL__HINT_BIRTH, 1},
        {"geb_datum", TSL__HINT_BIRTH, 1},
        {"GebDatum", TSL__HINT_BIRTH, 1},
        {"Date de naissance", TSL__HINT_BIRTH, 1},
        {"né le", TSL__HINT_BIRTH, 1},
        {"Fecha de nacimiento", TSL__HINT_BIRTH, 1},
        {"Cumpleaños", TSL__HINT_BIRTH, 1},
        {"Gebühr", TSL__HINT_BIRTH, 0},
        {"Gebiet", TSL__HINT_BIRTH, 0},
        {"Vertragsende", TSL__HINT_EXPIRY, 1},
        {"Gültig bis", TSL__HINT_EXPIRY, 1},
        {"Gu\xCC\x88ltig ab", TSL__HINT_EXPIRY, 1}, /* the accent as a character of its own */
        {"Fälligkeit", TSL__HINT_EXPIRY, 1},
        {"Vertragsablauf", TSL__HINT_EXPIRY, 1},
        {"Kündigung zum", TSL__HINT_EXPIRY, 1},
        {"Laufzeitende", TSL__HINT_EXPIRY, 1},
        {"Nächster Termin", TSL__HINT_EXPIRY, 1},
        {"Fin de contrat", TSL__HINT_EXPIRY, 1},
        {"Échéance", TSL__HINT_EXPIRY, 1},
        {"Valable jusqu'au", TSL__HINT_EXPIRY, 1},
        {"Fecha de vencimiento", TSL__HINT_EXPIRY, 1},
        {"Válido hasta", TSL__HINT_EXPIRY, 1},
        {"Próxima visita", TSL__HINT_EXPIRY, 1},
        {"Letzte Spende", TSL__HINT_EXPIRY, 0},
        {"Kunde seit", TSL__HINT_EXPIRY, 0},
        {"Letzter Termin", TSL__HINT_EXPIRY, 0},
        {"Dernière visite", TSL__HINT_EXPIRY, 0},
        {"Fecha de alta", TSL__HINT_EXPIRY, 0},
        {"member_since", TSL__HINT_JOINED, 1},
        {"SignupDate", TSL__HINT_JOINED, 1},
        {"registration_date", TSL__HINT_JOINED, 1},
        {"Dt_Customer", TSL__HINT_JOINED, 1},
        {"Kunde seit", TSL__HINT_JOINED, 1},
        {"Fecha de alta", TSL__HINT_JOINED, 1},
        {"注册日期", TSL__HINT_JOINED, 1},
        {"last_login", TSL__HINT_JOINED, 0},
        {"Kundennummer", TSL__HINT_KEY, 1},
        {"Numéro de client", TSL__HINT_KEY, 1},
        {"Número de visitas", TSL__HINT_KEY, 0}, /* how many */
        {"Código", TSL__HINT_KEY, 1},
        {"Nachname", TSL__HINT_PERSON, 1},
        {"Prénom", TSL__HINT_PERSON, 1},
        {"Dirección", TSL__HINT_PERSON, 1},
        {"Nombre de commandes", TSL__HINT_PERSON, 0}, /* their number */
        {"PhoneNumber1", TSL__HINT_PERSON, 1},
        {"Filename2x", TSL__HINT_PERSON, 0},
        {"Hotel", TSL__HINT_PERSON, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__name_hints(cases[i].name, cases[i].hint) != cases[i].expected) {
            fail_msg("%s", cases[i].name);
        }
    }
}

/* What a program calls the numbers of the rows, and nothing else that speaks of an index. */
static void test_indices(void **state)
{
    (void)state;
    static const char *const yes[] = {"index", "Unnamed: 0", "Unnamed: 0.1", "row",       "row_id", "RowNumber",
                                      "序号",  "#",          "rownames",     "row.names", "行数",   "Nr",
                                      "Nr.",   "ix",         "obs"};
    static const char *const no[] = {
        "Price index", "index of wealth", "rows of seats", "brow", "id", "c1", "", "# of visits", "每单行数", "x1",
        "jobs"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (!tsl__name_is_index(yes[i])) {
            fail_msg("%s", yes[i]);
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (tsl__name_is_index(no[i])) {
            fail_msg("%s", no[i]);
        }
    }
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tsl__name_end end;
        int expected;
    } cases[] = {
        {"Latitude", TSL__ENDS_LATITUDE, 1},   {"store_lat", TSL__ENDS_LATITUDE, 1},
        {"platitude", TSL__ENDS_LATITUDE, 0},  {"latitude zone", TSL__ENDS_LATITUDE, 0},
        {"homeLng", TSL__ENDS_LONGITUDE, 1},   {"门店经度", TSL__ENDS_LONGITUDE, 1},
        {"Longitude", TSL__ENDS_LATITUDE, 0},  {"ZIP Code", TSL__ENDS_POSTCODE, 1},
        {"postcode 2", TSL__ENDS_POSTCODE, 1}, {"postcode visits", TSL__ENDS_POSTCODE, 0},
        {"Mobile Number", TSL__ENDS_PHONE, 1}, {"客户手机号", TSL__ENDS_PHONE, 1},
        {"phone service", TSL__ENDS_PHONE, 0}, {"hotel", TSL__ENDS_PHONE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__name_ends(cases[i].name, cases[i].end) != cases[i].expected) {
            fail_msg("%s", cases[i].name);
        }
    }
}

/* Names behind which whole numbers are codes. */
static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        tsl__code code;
    } cases[] = {
        {"Region", TSL__CODE_IF_FEW},
        {"Channel", TSL__CODE_IF_FEW},
        {"STORE_NBR", TSL__CODE_IF_FEW},
        {"StoreType", TSL__CODE_IF_FEW},
        {"branch no.", TSL__CODE_IF_FEW},
        {"Product_Category_2", TSL__CODE_IF_FEW},
        {"Sex (1 = male)", TSL__CODE_IF_FEW},
        {"MARRIAGE", TSL__CODE_IF_FEW},
        {"Marital_Status", TSL__CODE_IF_FEW},
        {"客户类型", TSL__CODE_IF_FEW},
        {"门店", TSL__CODE_IF_FEW},
        {"zip", TSL__CODE_ALWAYS},
        {"Zip Code", TSL__CODE_ALWAYS},
        {"ZIPCODE", TSL__CODE_ALWAYS},
        {"postcode", TSL__CODE_ALWAYS},
        {"Region_Code", TSL__CODE_ALWAYS},
        {"TerritoryKey", TSL__CODE_ALWAYS},
        {"branch_id", TSL__CODE_ALWAYS},
        {"邮编", TSL__CODE_ALWAYS},
        {"Age", TSL__CODE_NONE},
        {"NumStorePurchases", TSL__CODE_NONE}, /* the last word counts */
        {"Stores", TSL__CODE_NONE},
        {"number", TSL__CODE_NONE},
        {"children_no", TSL__CODE_NONE},
        {"prototype", TSL__CODE_NONE},
        {"monkey", TSL__CODE_NONE},
        {"2", TSL__CODE_NONE},
        {"", TSL__CODE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__name_code(cases[i].name) != cases[i].code) {
            fail_msg("%s: %d", cases[i].name, (int)tsl__name_code(cases[i].name));
        }
    }
}

static void test_long_names(void **state)
{
    (void)state;
    char name[4096];
    memset(name, 'A', sizeof name - 1);
    name[sizeof name - 1] = 0;
    assert_int_equal(group_of(name), TSL_DEMOGRAPHIC);
    for (size_t i = 0; i + 1 < sizeof name; i++) {
        name[i] = i % 2 ? 'a' : 'B';
    }
    assert_int_equal(group_of(name), TSL_DEMOGRAPHIC);
    assert_int_equal(tsl__name_code(name), TSL__CODE_NONE);
    assert_int_equal(group_of(""), TSL_DEMOGRAPHIC);
}

/* In five languages; ordinary words that look like one are none. */
static void test_sensitive(void **state)
{
    (void)state;
    static const char *const are[] = {"health_status",
                                      "Diagnosis",
                                      "disability",
                                      "Religion",
                                      "ethnicity",
                                      "race",
                                      "sexual_orientation",
                                      "Political party",
                                      "union_member",
                                      "bankruptcy",
                                      "latitude",
                                      "home_lng",
                                      "GPS point",
                                      "Gesundheitszustand",
                                      "Krankheit",
                                      "Konfession",
                                      "Breitengrad",
                                      "Schwerbehinderung",
                                      "maladie",
                                      "Santé",
                                      "origine ethnique",
                                      "syndicat",
                                      "surendettement",
                                      "salud",
                                      "enfermedad",
                                      "discapacidad",
                                      "etnia",
                                      "健康状况",
                                      "疾病史",
                                      "宗教信仰",
                                      "民族",
                                      "政治面貌",
                                      "经度"},
                             *const are_not[] = {"healthy",      "gender",   "age",    "income",    "city",
                                                 "postcode",     "trace_id", "plan",   "longevity", "platform",
                                                 "credit_score", "country",  "region", "消费",      "城市",
                                                 "性别",         "年龄",     "收入",   "orders",    "latest_order"};
    for (size_t i = 0; i < sizeof are / sizeof *are; i++) {
        if (!tsl__name_hints(are[i], TSL__HINT_SENSITIVE)) {
            fail_msg("%s is not seen", are[i]);
        }
    }
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++) {
        if (tsl__name_hints(are_not[i], TSL__HINT_SENSITIVE)) {
            fail_msg("%s is taken for sensitive", are_not[i]);
        }
    }
    assert_true(tsl__name_hints("Age", TSL__HINT_AGE) && tsl__name_hints("年龄", TSL__HINT_AGE));
    assert_false(tsl__name_hints("average", TSL__HINT_AGE) || tsl__name_hints("page", TSL__HINT_AGE));
    assert_true(tsl__name_hints("Geschlecht", TSL__HINT_GENDER) && tsl__name_hints("性别", TSL__HINT_GENDER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),    cmocka_unit_test(test_hints), cmocka_unit_test(test_codes),
        cmocka_unit_test(test_indices),   cmocka_unit_test(test_ends),  cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_sensitive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
