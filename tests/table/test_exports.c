/* test_exports.c: the headers of well-known customers tables: what each column
 * is taken for, and which vector it lands in. The rows are made up. */
#include "help.h"

typedef struct seen {
    const char *name, *what; /* "number, value", or why it is left out: "-it is the same everywhere" */
} seen;

/* "number, value" of a column; NULL where it is not there. */
static const char *describe(const reading *r, const char *name)
{
    static char text[80];
    const tsl_column *c = named(r, name);
    if (!c) {
        return NULL;
    }
    snprintf(text, sizeof text, "%s, %s", tsl_column_type_get_name(c->type), tsl_group_get_name(c->group));
    return text;
}

static int is_left_out(const reading *r, const char *name, const char *why)
{
    char line[300];
    snprintf(line, sizeof line, "%s is left out: %s", name, why);
    return !named(r, name) && has_line(&r->table->info.notes, line);
}

static void check(const reading *r, const seen *expected, size_t count)
{
    size_t left_out = 0;
    for (size_t i = 0; i < count; i++) {
        const seen *e = &expected[i];
        const char *got = describe(r, e->name);
        left_out += *e->what == '-';
        if (*e->what == '-' ? !is_left_out(r, e->name, e->what + 1) : !got || strcmp(got, e->what) != 0) {
            fail_msg("%s: %s instead of %s", e->name, got ? got : "left out", e->what);
        }
    }
    assert_int_equal(r->table->column_count, count - left_out + 1); /* every column is expected */
}
#define CHECK(r, ...) check(r, (const seen[]){__VA_ARGS__}, sizeof((const seen[]){__VA_ARGS__}) / sizeof(seen))

static reading *read_rows_of(const char *text)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", text));
    map_role(r, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER);
    if (run(r) != TSL_OK) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

static void test_wholesale(void **state)
{
    (void)state;
    reading *r = read_rows_of("Channel,Region,Fresh,Milk,Grocery,Frozen,Detergents_Paper,Delicassen\n"
                              "2,3,12669,9656,7561,214,2674,1338\n2,3,7057,9810,9568,1762,3293,1776\n"
                              "1,1,6353,8808,7684,2405,3516,7844\n1,2,13265,1196,4221,6404,507,1788\n");
    CHECK(r, {"Channel", "category, behavioral"}, {"Region", "category, demographic"}, {"Fresh", "number, value"},
          {"Milk", "number, value"}, {"Grocery", "number, value"}, {"Frozen", "number, value"},
          {"Detergents_Paper", "number, value"}, {"Delicassen", "number, value"});
    assert_true(
        has_line(&r->table->info.understood, "Region: category, demographic (by its name the numbers are codes)"));
    free_reading(r);
}

static void test_mall(void **state)
{
    (void)state;
    reading *r = read_text(TSL_CUSTOMERS, "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)\n"
                                          "0001,Male,19,15,39\n0002,Male,21,15,81\n0003,Female,20,16,6\n");
    CHECK(r, {"Gender", "category, demographic"}, {"Age", "number, demographic"},
          {"Annual Income (k$)", "number, demographic"}, {"Spending Score (1-100)", "number, value"});
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "CustomerID,Genre,Age\n1,Male,19\n2,Male,21\n3,Female,20\n");
    CHECK(r, {"Genre", "category, demographic"}, {"Age", "number, demographic"});
    free_reading(r);
}

static void test_personality(void **state)
{
    (void)state;
    reading *r = read_text(
        TSL_CUSTOMERS,
        "ID\tYear_Birth\tEducation\tMarital_Status\tIncome\tKidhome\tTeenhome\tDt_Customer\tRecency\tMntWines\t"
        "MntFruits\tMntMeatProducts\tMntFishProducts\tMntSweetProducts\tMntGoldProds\tNumDealsPurchases\t"
        "NumWebPurchases\tNumCatalogPurchases\tNumStorePurchases\tNumWebVisitsMonth\tAcceptedCmp3\tComplain\t"
        "Z_CostContact\tZ_Revenue\tResponse\n"
        "5524\t1957\tGraduation\tSingle\t58138\t0\t0\t04-09-"
        "2012\t58\t635\t88\t546\t172\t88\t88\t3\t8\t10\t4\t7\t0\t0\t3"
        "\t11\t1\n"
        "2174\t1954\tPhD\tTogether\t46344\t1\t2\t08-03-2014\t38\t11\t1\t6\t2\t1\t6\t2\t1\t1\t2\t5\t1\t1\t3\t11\t0\n"
        "4141\t1965\tMaster\tTogether\t\t2\t1\t21-08-"
        "2013\t26\t426\t49\t127\t111\t21\t42\t1\t8\t2\t10\t4\t0\t0\t3\t11\t0\n"
        "6182\t1893\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "1\t1984\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "2\t1984\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "3\t1985\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "4\t1986\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "5\t1986\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "6\t1987\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n"
        "7\t1988\tBasic\tMarried\t26646\t1\t0\t10-02-2014\t26\t11\t4\t20\t10\t3\t5\t2\t2\t0\t4\t6\t0\t0\t3\t11\t0\n");
    CHECK(r, {"Year_Birth", "date_of_birth, demographic"}, {"Education", "category, demographic"},
          {"Marital_Status", "category, demographic"}, {"Income", "number, demographic"},
          {"Kidhome", "number, demographic"}, {"Teenhome", "number, demographic"}, {"Dt_Customer", "date, behavioral"},
          {"Recency", "decimal, behavioral"}, {"MntWines", "number, value"}, {"MntFruits", "number, value"},
          {"MntMeatProducts", "number, value"}, {"MntFishProducts", "number, value"},
          {"MntSweetProducts", "number, value"}, {"MntGoldProds", "number, value"},
          {"NumDealsPurchases", "number, behavioral"}, {"NumWebPurchases", "number, behavioral"},
          {"NumCatalogPurchases", "number, behavioral"}, {"NumStorePurchases", "number, behavioral"},
          {"NumWebVisitsMonth", "number, behavioral"}, {"AcceptedCmp3", "boolean, behavioral"},
          {"Complain", "boolean, behavioral"}, {"Z_CostContact", "-it is the same everywhere"},
          {"Z_Revenue", "-it is the same everywhere"}, {"Response", "boolean, behavioral"});
    assert_int_equal(named(r, "Year_Birth")->missing, 1);
    assert_true(has_line(&r->table->info.notes,
                         "Year_Birth: 1 cell is not a date or a year of birth and taken as missing (\"1893\")"));
    free_reading(r);
}

static void test_credit_cards(void **state)
{
    (void)state;
    reading *r = read_text(
        TSL_CUSTOMERS,
        "CUST_ID,BALANCE,BALANCE_FREQUENCY,PURCHASES,ONEOFF_PURCHASES,INSTALLMENTS_PURCHASES,CASH_ADVANCE,"
        "PURCHASES_FREQUENCY,ONEOFF_PURCHASES_FREQUENCY,PURCHASES_INSTALLMENTS_FREQUENCY,CASH_ADVANCE_FREQUENCY,"
        "CASH_ADVANCE_TRX,PURCHASES_TRX,CREDIT_LIMIT,PAYMENTS,MINIMUM_PAYMENTS,PRC_FULL_PAYMENT,TENURE\n"
        "C10001,40.900749,0.818182,95.4,1.5,95.4,3.5,0.166667,0.5,0.083333,0.25,4,2,1000,201.802084,139.509787,0.5,12\n"
        "C10002,3202.467416,0.909091,2.5,2.5,0,6442.945483,0,0.25,0,0.5,2,0,7000,4103.032597,1072.340217,0.222222,11\n"
        "C10003,2495.148862,1,773.17,773.17,1,0,1,1,0.5,0.75,0,12,7500,622.066742,627.284787,0,10\n");
    CHECK(r, {"BALANCE", "number, value"}, {"BALANCE_FREQUENCY", "number, behavioral"}, {"PURCHASES", "number, value"},
          {"ONEOFF_PURCHASES", "number, value"}, {"INSTALLMENTS_PURCHASES", "number, value"},
          {"CASH_ADVANCE", "number, value"}, {"PURCHASES_FREQUENCY", "number, behavioral"},
          {"ONEOFF_PURCHASES_FREQUENCY", "number, behavioral"},
          {"PURCHASES_INSTALLMENTS_FREQUENCY", "number, behavioral"}, {"CASH_ADVANCE_FREQUENCY", "number, behavioral"},
          {"CASH_ADVANCE_TRX", "number, behavioral"}, {"PURCHASES_TRX", "number, behavioral"},
          {"CREDIT_LIMIT", "number, value"}, {"PAYMENTS", "number, value"}, {"MINIMUM_PAYMENTS", "number, value"},
          {"PRC_FULL_PAYMENT", "number, behavioral"}, {"TENURE", "number, behavioral"});
    free_reading(r);
}

static void test_telco(void **state)
{
    (void)state;
    reading *r = read_text(
        TSL_CUSTOMERS,
        "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,"
        "OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,"
        "PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn\n"
        "7590-VHVEG,Female,0,Yes,No,1,No,No phone service,DSL,No,Yes,No,No,No,No,Month-to-month,Yes,Electronic check,"
        "29.85,29.85,No\n"
        "5575-GNVDE,Male,1,No,Yes,34,Yes,No,Fiber optic,Yes,No,Yes,Yes,Yes,Yes,One year,No,Mailed check,56.95,1889.5,"
        "Yes\n"
        "4472-LVYGI,Female,0,Yes,Yes,0,Yes,Yes,No,No,Yes,Yes,Yes,No,No,Two year,No,Bank transfer (automatic),52.55, "
        ",No\n");
    CHECK(r, {"gender", "category, demographic"}, {"SeniorCitizen", "boolean, demographic"},
          {"Partner", "boolean, demographic"}, {"Dependents", "boolean, demographic"}, {"tenure", "number, behavioral"},
          {"PhoneService", "boolean, behavioral"}, {"MultipleLines", "category, behavioral"},
          {"InternetService", "category, behavioral"}, {"OnlineSecurity", "boolean, behavioral"},
          {"OnlineBackup", "boolean, behavioral"}, {"DeviceProtection", "boolean, behavioral"},
          {"TechSupport", "boolean, behavioral"}, {"StreamingTV", "boolean, behavioral"},
          {"StreamingMovies", "boolean, behavioral"}, {"Contract", "category, behavioral"},
          {"PaperlessBilling", "boolean, behavioral"}, {"PaymentMethod", "category, behavioral"},
          {"MonthlyCharges", "number, value"}, {"TotalCharges", "number, value"}, {"Churn", "boolean, behavioral"});
    assert_int_equal(named(r, "TotalCharges")->missing, 1);
    free_reading(r);
}

static void test_bank(void **state)
{
    (void)state;
    reading *r = read_rows_of(
        "\"age\";\"job\";\"marital\";\"education\";\"default\";\"balance\";\"housing\";\"loan\";\"contact\";\"day\";"
        "\"month\";\"duration\";\"campaign\";\"pdays\";\"previous\";\"poutcome\";\"y\"\n"
        "58;\"management\";\"married\";\"tertiary\";\"no\";2143;\"yes\";\"no\";\"unknown\";5;\"may\";261;1;-1;0;"
        "\"unknown\";\"no\"\n"
        "44;\"technician\";\"single\";\"secondary\";\"yes\";-29;\"no\";\"yes\";\"cellular\";6;\"jun\";151;2;92;1;"
        "\"failure\";\"yes\"\n"
        "33;\"blue-collar\";\"single\";\"primary\";\"no\";2;\"yes\";\"no\";\"cellular\";7;\"jul\";76;3;-1;2;\"other\";"
        "\"no\"\n");
    CHECK(r, {"age", "number, demographic"}, {"job", "category, demographic"}, {"marital", "category, demographic"},
          {"education", "category, demographic"}, {"default", "boolean, value"}, {"balance", "number, value"},
          {"housing", "boolean, demographic"}, {"loan", "boolean, value"}, {"contact", "category, behavioral"},
          {"day", "number, behavioral"}, {"month", "category, behavioral"}, {"duration", "number, behavioral"},
          {"campaign", "number, behavioral"}, {"pdays", "number, behavioral"}, {"previous", "number, behavioral"},
          {"poutcome", "category, behavioral"}, {"y", "boolean, behavioral"});
    free_reading(r);
}

static void test_bank_churners(void **state)
{
    (void)state;
    reading *r = read_text(
        TSL_CUSTOMERS,
        "CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,Income_Category,Card_Category,"
        "Months_on_book,Months_Inactive_12_mon,Contacts_Count_12_mon,Credit_Limit,Total_Revolving_Bal,Total_Trans_Amt,"
        "Total_Trans_Ct,Avg_Utilization_Ratio,RowNumber,Surname,Naive_Bayes\n"
        "768805383,Existing Customer,45,M,3,High School,$60K - $80K,Blue,39,1,3,12691,777,1144,42,0.061,1,Hill,0.1\n"
        "818770008,Attrited Customer,49,F,5,Graduate,Less than $40K,Gold,44,2,2,8256,864,1291,33,0.105,2,Boni,0.1\n"
        "713982108,Existing Customer,51,M,4,Graduate,$80K - $120K,Blue,36,3,0,3418,0,1887,20,0,3,Onio,0.1\n"
        "769911858,Existing Customer,40,F,4,Graduate,$80K - $120K,Blue,36,3,0,3418,0,1887,20,0,4,Mitchell,0.1\n");
    CHECK(r, {"Attrition_Flag", "category, behavioral"}, {"Customer_Age", "number, demographic"},
          {"Gender", "category, demographic"}, {"Dependent_count", "number, demographic"},
          {"Education_Level", "category, demographic"}, {"Income_Category", "category, demographic"},
          {"Card_Category", "category, behavioral"}, {"Months_on_book", "number, behavioral"},
          {"Months_Inactive_12_mon", "number, behavioral"}, {"Contacts_Count_12_mon", "number, behavioral"},
          {"Credit_Limit", "number, value"}, {"Total_Revolving_Bal", "number, value"},
          {"Total_Trans_Amt", "number, value"}, {"Total_Trans_Ct", "number, behavioral"},
          {"Avg_Utilization_Ratio", "number, behavioral"}, {"RowNumber", "-it numbers the rows"},
          {"Surname", "-by its name it identifies people"}, {"Naive_Bayes", "-it is the same everywhere"});
    free_reading(r);
}

/* A bank's table with three identifiers, of which one is the customer. */
static void test_identifiers(void **state)
{
    (void)state;
    reading *r =
        read_text(TSL_CUSTOMERS, "RowNumber,CustomerId,Account_No,Surname,CreditScore,Geography,Tenure,Exited\n"
                                 "1,15634602,DE-7,Hargrave,619,France,2,1\n2,15647311,DE-9,Hill,608,Spain,1,0\n"
                                 "3,15619304,FR-1,Onio,502,France,8,1\n4,15701354,FR-2,Boni,699,France,1,0\n");
    CHECK(r, {"RowNumber", "-it numbers the rows"}, {"Account_No", "-by its name it identifies the rows"},
          {"Surname", "-by its name it identifies people"}, {"CreditScore", "number, value"},
          {"Geography", "category, demographic"}, {"Tenure", "number, behavioral"}, {"Exited", "boolean, behavioral"});
    free_reading(r);
}

/* What customers are ranked by is value, whatever its name says; a rule says otherwise. */
static void test_value(void **state)
{
    (void)state;
    static const tsl_column_rule rule = {.name = "Points", .type = TSL_TYPE_AUTO, .group = TSL_BEHAVIORAL};
    for (int declared = 0; declared < 2; declared++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("table.csv", "id,Points,Income\na,1,5\nb,2,6\nc,7,4\n"));
        r->opt.value = "Points";
        r->opt.rules = &rule;
        r->opt.rule_count = (size_t)declared;
        assert_int_equal(run(r), TSL_OK);
        CHECK(r, {"Points", declared ? "number, behavioral" : "number, value"}, {"Income", "number, demographic"});
        free_reading(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wholesale), cmocka_unit_test(test_mall),         cmocka_unit_test(test_personality),
        cmocka_unit_test(test_telco),     cmocka_unit_test(test_credit_cards), cmocka_unit_test(test_bank),
        cmocka_unit_test(test_value),     cmocka_unit_test(test_identifiers),  cmocka_unit_test(test_bank_churners),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
