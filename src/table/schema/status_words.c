/* status_words.c: the tables of the names of status columns and of their values that are no sale. */
#include "table/schema/status_words.h"

#include <string.h>

#include "table/schema/role_names.h"

#define MOST_BYTES 64 /* of a name or value that is one of these */

/* As tsl__name_fold leaves them, between bars. */
static const char names[] =
    "|status|state|orderstatus|orderstate|financialstatus|paymentstatus|paystatus|salesstatus|salestatus|"
    "transactionstatus|transactionstate|invoicestatus|fulfillmentstatus|fulfilmentstatus|refundstatus|returnstatus|"
    "orderstatusname|tradestatus|bookingstatus|reservationstatus|"
    "|状态|订单状态|交易状态|退款状态|支付状态|付款状态|售后状态|退货状态|单据状态|订单交易状态|"
    "|bestellstatus|auftragsstatus|zahlungsstatus|zahlstatus|transaktionsstatus|"
    "|statut|statutcommande|statutdelacommande|etat|etatcommande|etatdelacommande|statutpaiement|"
    "|estado|estadopedido|estadodelpedido|estadodepago|estatus|";

static const char no_sales[] =
    "|cancelled|canceled|cancel|ordercancelled|ordercanceled|cancelledbycustomer|cancelledbyseller|"
    "customercancelled|autocancelled|partiallycancelled|void|voided|refunded|refund|refunding|fullrefund|"
    "fullyrefunded|returned|return|returnedtoseller|returntoorigin|rto|chargeback|chargedback|reversed|unpaid|notpaid|"
    "pending|paymentpending|pendingpayment|awaitingpayment|pendingauthorization|failed|failure|paymentfailed|declined|"
    "rejected|expired|abandoned|draft|aborted|unsuccessful|error|fraud|suspectedfraud|"
    "|已取消|取消|订单取消|取消订单|用户取消|系统取消|交易取消|交易关闭|已关闭|关闭|订单关闭|交易失败|失败|已作废|作废|"
    "无效|已退款|退款|全额退款|退款成功|退款完成|退款中|已退货|退货|退货退款|退货完成|退货成功|已拒收|拒收|已退订|退订|"
    "未付款|待付款|等待买家付款|待支付|未支付|等待付款|支付失败|未成交|已撤销|撤销|已冲销|冲销|"
    "|storniert|abgebrochen|erstattet|ruckerstattet|zuruckerstattet|retourniert|zuruckgesandt|unbezahlt|offen|"
    "fehlgeschlagen|abgelehnt|widerrufen|"
    "|annule|annulee|rembourse|remboursee|retourne|retournee|impaye|impayee|nonpaye|enattentedepaiement|echoue|echouee|"
    "refuse|refusee|"
    "|cancelado|cancelada|anulado|anulada|reembolsado|reembolsada|devuelto|devuelta|impagado|nopagado|"
    "pendientedepago|pendiente|fallido|fallida|rechazado|rechazada|";

static int stands_in(const char *texts, tsl__span text)
{
    char whole[MOST_BYTES], word[MOST_BYTES + 2];
    if (text.n == 0 || text.n >= sizeof whole) {
        return 0;
    }
    memcpy(whole, text.s, text.n);
    whole[text.n] = '\0';
    word[0] = '|';
    tsl__name_fold(whole, word + 1, MOST_BYTES);
    const size_t n = strlen(word);
    word[n] = '|';
    word[n + 1] = '\0';
    return n > 1 && strstr(texts, word) != NULL;
}

int tsl__status_is_name(const char *name)
{
    return stands_in(names, tsl__span_make(name));
}

int tsl__status_is_no_sale(tsl__span value)
{
    return stands_in(no_sales, value);
}
