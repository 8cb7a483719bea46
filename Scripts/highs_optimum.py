"""What HiGHS finds for an exported program; used by the scripts that check against it."""
import highspy


def optimum(path):
    """The optimal objective of an LP or MPS file, with a gap of 0; None where HiGHS finds no optimum."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.0)
    highs.readModel(str(path))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return highs.getObjectiveValue()
