"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
    ]

    operations = [
        FenceTable("payments_payment"),
        FenceTable("payments_paymentpart", keys={"payment_id": "payments_payment"}),
        FenceTable("payments_batch"),
        FenceTable(
            "payments_batchline", keys={"batch_id": "payments_batch", "payment_id": "payments_payment"}
        ),
        FenceTable("payments_bankfile", keys={"batch_id": "payments_batch"}),
        FenceTable(
            "payments_sealedpayment",
            keys={"payment_id": "payments_payment", "bank_file_id": "payments_bankfile"},
        ),
        FenceTable("payments_payeraccount"),
        AppendOnly("payments_payment"),
        AppendOnly("payments_paymentpart"),
        AppendOnly("payments_batchline", except_columns=("is_live",)),
        AppendOnly("payments_bankfile"),
        AppendOnly("payments_sealedpayment"),
        AppendOnly("payments_payeraccount"),
    ]
