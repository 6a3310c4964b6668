/* test_id_spelling.c: the form of an id, what its spellings have beside it. */
#include "help.h"
#include "table/cell/id_spelling.h"

static const struct {
    const char *id, *form;
    unsigned traits;
} cases[] = {
    {"17850", "17850", 0},
    {"17850.0", "17850", TSL__ID_POINT_ZERO},
    {"-3.00", "-3", TSL__ID_POINT_ZERO},
    {"17850.10", "17850.10", 0},
    {"2,0", "2", TSL__ID_POINT_ZERO},
    {"-2,00", "-2", TSL__ID_POINT_ZERO},
    {"2,000", "2,000", 0}, /* two thousand, perhaps */
    {"2,10", "2,10", 0},
    {",0", ",0", 0},
    {"A2,0", "A2,0", 0},
    {"1,2,0", "1,2,0", 0},
    {"+1234", "1234", TSL__ID_PLUS},
    {"+1234.0", "1234", TSL__ID_PLUS | TSL__ID_POINT_ZERO},
    {"+ 49 30", "4930", TSL__ID_PLUS | TSL__ID_SPACES},
    {"+007", "007", TSL__ID_PLUS | TSL__ID_ZEROS},
    {"+", "+", 0},
    {"+A1", "+A1", 0},
    {"++1", "++1", 0},
    {"1+1", "1+1", 0},
    {"A1.0", "A1.0", 0},
    {".0", ".0", 0},
    {"ab001", "AB001", TSL__ID_CASE},
    {"ＡＢ００１", "AB001", TSL__ID_WIDTH},
    {"ａb０01.0", "AB001.0", TSL__ID_WIDTH | TSL__ID_CASE},
    {"１７８５０．０", "17850", TSL__ID_WIDTH | TSL__ID_POINT_ZERO},
    {" AB 001\t", "AB001", TSL__ID_SPACES},
    {"AB\xC2\xA0\xE3\x80\x80"
     "001",
     "AB001", TSL__ID_SPACES},
    {"\xEF\xBB\xBF"
     "AB001\xE2\x80\x8B",
     "AB001", TSL__ID_INVISIBLE},
    {"007", "007", TSL__ID_ZEROS},
    {"007.0", "007", TSL__ID_ZEROS | TSL__ID_POINT_ZERO},
    {"00A7", "00A7", 0},
    {"0", "0", 0},
    {"=\"007\"", "007", TSL__ID_MARKS | TSL__ID_ZEROS},
    {"'42", "42", TSL__ID_MARKS},
    {"'ab'", "AB", TSL__ID_MARKS | TSL__ID_CASE},
    {"\"C0\"", "C0", TSL__ID_MARKS},
    {"\"'C0'\"", "C0", TSL__ID_MARKS},
    {"O'NEIL", "O'NEIL", 0},
    {"12\"", "12\"", 0},
    {"\"\"", "\"\"", 0},
    {"=A1", "=A1", 0},
    {"'", "'", 0},
    {"张三", "张三", 0},
    {"É", "É", 0},
    {"é", "É", TSL__ID_CASE},
    {"Ünal", "ÜNAL", TSL__ID_CASE},
    {"ünal", "ÜNAL", TSL__ID_CASE},
    {"U\xCC\x88NAL", "ÜNAL", TSL__ID_PARTED},
    {"u\xCC\x88nal", "ÜNAL", TSL__ID_CASE | TSL__ID_PARTED},
    {"NOE\xCC\x88L", "NOËL", TSL__ID_PARTED},
    {"C\xCC\xA7\xCC\x88", "Ç\xCC\x88", TSL__ID_PARTED}, /* no such letter */
    {"1\xCC\x88", "1\xCC\x88", 0},
    {"straße", "STRAßE", TSL__ID_CASE},
    {"żółć×÷", "ŻÓŁĆ×÷", TSL__ID_CASE},
    {"ŁĽňŷž", "ŁĽŇŶŽ", TSL__ID_CASE},
    {"ωμέγας", "ΩΜΈΓΑΣ", TSL__ID_CASE},
    {"ёлка", "ЁЛКА", TSL__ID_CASE},
    {"ıÿ", "ıŸ", TSL__ID_CASE},
    {"Y\xCC\x88", "Ÿ", TSL__ID_PARTED},
    {"A\xE2\x80\xAB"
     "B\xE2\x80\xAE"
     "C\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8"
     "D\xE2\x81\xA9",
     "ABCD", TSL__ID_INVISIBLE},
    {"\xE2\x80\x8B", "\xE2\x80\x8B", 0},
};
#define CASES (sizeof cases / sizeof *cases)

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        char form[64], again[64];
        unsigned traits;
        const size_t n = tsl__id_normalise(tsl__span_make(cases[i].id), form, &traits);
        assert_int_equal(n, strlen(cases[i].form));
        assert_memory_equal(form, cases[i].form, n);
        assert_int_equal(traits, cases[i].traits);
        assert_true(n <= strlen(cases[i].id)); /* what the buffer is made for */
        const size_t m = tsl__id_normalise((tsl__span){form, n}, again, &traits);
        assert_int_equal(m, n);
        assert_memory_equal(again, form, n);
        assert_int_equal(traits & ~(unsigned)TSL__ID_ZEROS, 0);
    }
}

static void test_zeros(void **state)
{
    (void)state;
    assert_int_equal(tsl__id_count_zeros(tsl__span_make("00123")), 2);
    assert_int_equal(tsl__id_count_zeros(tsl__span_make("000")), 2);
    assert_int_equal(tsl__id_count_zeros(tsl__span_make("0A")), 0);
    assert_int_equal(tsl__id_count_zeros(tsl__span_make("100")), 0);
}

/* What is rounded by its looks, what may be a code, and what is neither; and none of both is missed by the short look.
 */
static void test_science(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        tsl__id_science is;
    } seen[] = {{"1.38E+11", TSL__ID_ROUNDED},     {"1.23457e+17", TSL__ID_ROUNDED}, {"1,38E+11", TSL__ID_ROUNDED},
                {"1E+11", TSL__ID_ROUNDED},        {"1.38E11", TSL__ID_ROUNDED},     {"1,38e11", TSL__ID_ROUNDED},
                {"1.38E+011", TSL__ID_ROUNDED},    {"-1.38E+11", TSL__ID_ROUNDED},   {"1.E+11", TSL__ID_ROUNDED},
                {"1E11", TSL__ID_MAY_BE_CODE},     {"12e5", TSL__ID_MAY_BE_CODE},    {"3E100", TSL__ID_MAY_BE_CODE},
                {"1.38", TSL__ID_NO_SCIENCE},      {"1.38E+", TSL__ID_NO_SCIENCE},   {"1.38E+1x", TSL__ID_NO_SCIENCE},
                {"a.38E+11", TSL__ID_NO_SCIENCE},  {"E11", TSL__ID_NO_SCIENCE},      {".5E11", TSL__ID_NO_SCIENCE},
                {"12E", TSL__ID_NO_SCIENCE},       {"12E-5", TSL__ID_NO_SCIENCE},    {"12E0001", TSL__ID_NO_SCIENCE},
                {"12E5E5", TSL__ID_NO_SCIENCE},    {"12A5", TSL__ID_NO_SCIENCE},     {"", TSL__ID_NO_SCIENCE},
                {"+", TSL__ID_NO_SCIENCE},         {"1 E11", TSL__ID_NO_SCIENCE},    {"1.2.3E11", TSL__ID_NO_SCIENCE},
                {"1385E+11,5", TSL__ID_NO_SCIENCE}};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        const tsl__span id = tsl__span_make(seen[i].id);
        assert_int_equal(tsl__id_find_science(id), seen[i].is);
        assert_true(tsl__id_may_be_science(id) || !seen[i].is);
    }
    assert_false(tsl__id_may_be_science(tsl__span_make("17850")));
    assert_true(tsl__id_is_code(tsl__span_make("12a5")));
    assert_true(tsl__id_is_code(tsl__span_make("C0E1")));
    assert_false(tsl__id_is_code(tsl__span_make("12E5")));
    assert_false(tsl__id_is_code(tsl__span_make("guest")));
    assert_false(tsl__id_is_code(tsl__span_make("1234")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_zeros),
                                       cmocka_unit_test(test_science)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
